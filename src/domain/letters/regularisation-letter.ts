import { dayText } from '#src/domain/language.ts';
import type { Regularisation } from '#src/domain/suspensions.ts';
import {
  type DemandView,
  demandView,
  type LetterFacts,
  type LetterView,
  letterView,
  type Sender,
} from './letter-view.ts';

/** An invitation to regularise (*undangan perbaikan kepatuhan*). */
export type RegularisationLetter = LetterView & DemandView & { until: string };

/** The letter of an invitation, from the facts of the day on which it was sent. */
export function regularisationLetter(
  known: LetterFacts,
  sender: Sender,
  { deadline }: Regularisation,
): RegularisationLetter {
  return { ...letterView(known, sender), ...demandView(known), until: dayText(deadline, 'id') };
}
