import type { Day, Instant } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { dayText, periodsText } from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { reasonArticle, reasonText } from '#src/domain/verdict/reason-text.ts';
import { remedyText } from '#src/domain/verdict/remedy-text.ts';
import { breachesOn } from '#src/domain/verdict/verdict.ts';
import { type ArrearsView, arrearsView } from './arrears-view.ts';

/** The facts that a letter rests on: of its day, as they were known when it was sent. */
export type LetterFacts = { facts: Facts; law: Law; asOf: Day; knownAt: Instant };

/** Who sends a letter, and what is not among the facts of the employer. */
export type Sender = {
  agency: string;
  /** Where it is dated; absent where the agency has no one place. */
  place?: string;
  /** The person or system that recorded the step. */
  officer: string;
  reference: string;
  /** Name of the employer's region. */
  region: string;
};

/** What every letter says, as Indonesians read it. Absent: there is nothing to say. */
export type LetterView = {
  reference: string;
  agency: string;
  place?: string;
  day: string;
  officer: string;
  employer: { name: string; npp?: string; nib?: string; address?: string; region: string };
  verification: { employerId: string; asOf: Day; knownAt: Instant; rulesetVersion: string };
};

/** A breach that a letter is about. */
export type BreachView = {
  /** A whole sentence, with the article. */
  sentence: string;
  article: string;
  months?: string;
  since: string;
  whatToDo: string;
};

/** What an employer is asked to mend. */
export type DemandView = { breaches: BreachView[]; arrears?: ArrearsView };

const PAY = 'Bayar iuran dan denda keterlambatan menurut rincian tunggakan di bawah ini.';

export function letterView({ facts, law, asOf, knownAt }: LetterFacts, sender: Sender): LetterView {
  const { legalName, npp, nib, address } = facts.employer;
  const { agency, place, officer, reference, region } = sender;
  return {
    reference,
    agency,
    ...(place !== undefined && { place }),
    day: dayText(asOf, 'id'),
    officer,
    employer: {
      name: legalName,
      ...(npp !== undefined && { npp }),
      ...(nib !== undefined && { nib }),
      ...(address !== undefined && { address }),
      region,
    },
    verification: { employerId: facts.employerId, asOf, knownAt, rulesetVersion: law.version },
  };
}

/** The breaches that hold on the letter's day, all or those with the codes, and what is owed. */
export function demandView({ facts, law, asOf }: LetterFacts, codes?: readonly ReasonCode[]): DemandView {
  const breaches = breachesOn(facts, law, asOf, { codes });
  const arrears = arrearsView(facts, law, asOf);
  return {
    breaches: breaches.map((reason) => ({
      sentence: reasonText(reason, law, 'id'),
      article: reasonArticle(law, reason.code, 'id'),
      ...(reason.periods && { months: periodsText(reason.periods, 'id') }),
      since: dayText(reason.since, 'id'),
      whatToDo: reason.code === 'ARREARS' ? PAY : remedyText(reason.code, 'id'),
    })),
    ...(arrears && { arrears }),
  };
}
