import { z } from 'zod';
import type { Facts } from '#src/domain/facts.ts';
import { PROGRAMMES } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import {
  type Regularisation as DomainRegularisation,
  REGULARISATION_STATES,
  regularisationState,
} from '#src/domain/suspensions.ts';
import { missingOf } from '#src/domain/verdict/missing.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { DayField, DayOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';
import type { StoredSuspension } from './stored-suspension.ts';
import { type Asked, NoteField, NoteOut, Recorded, recordedView } from './suspension.ts';

export const RegularisationCreate = z
  .strictObject({
    employer: EmployerField,
    invitedOn: DayField.optional().meta({ description: 'Today if absent' }),
    deadline: DayField.optional().meta({
      description: 'Last day; if absent, the term of the policy counted from `invitedOn`',
    }),
    note: NoteField,
  })
  .meta({ id: 'RegularisationCreate' });

const Missing = z
  .object({
    code: z.enum(REASON_CODES),
    periods: z.array(PeriodOut).max(2000).optional(),
    amount: RupiahOut.optional(),
    workers: z.int().min(0).optional(),
    programmes: z.array(z.enum(PROGRAMMES)).max(PROGRAMMES.length).optional(),
    since: DayOut,
    article: z.string().max(300).meta({ description: 'Where the law says so' }),
    whatToDo: z.string().max(1000).meta({ description: 'Sentence in the language asked for' }),
  })
  .meta({ id: 'Missing', description: 'A breach that holds today' });

export const Regularisation = z
  .object({
    ...Recorded,
    kind: z.literal('regularisation'),
    invitedOn: DayOut,
    deadline: DayOut.meta({ description: 'Last day on which the employer stands as regularising' }),
    state: z.enum(REGULARISATION_STATES).meta({ description: 'State today' }),
    missing: z.array(Missing).max(20).meta({ description: 'What is missing today, breach by breach' }),
    remedy: z
      .object({
        on: DayOut,
        items: z
          .array(z.object({ period: PeriodOut, contributions: RupiahOut, lateCharge: RupiahOut }))
          .max(3000),
        total: RupiahOut,
      })
      .meta({ description: 'What to pay today' }),
    note: NoteOut,
  })
  .meta({
    id: 'Regularisation',
    description:
      'An invitation to mend breaches by a deadline, with what is missing on the day of the answer.',
  });

/** An invitation as it goes out to a caller on a day. */
export function regularisationView(
  stored: StoredSuspension<DomainRegularisation>,
  { actor, today, law, language }: Asked,
  facts: Facts,
) {
  const { invitedOn, deadline } = stored.suspension;
  return {
    ...recordedView(stored, 'regularisation'),
    invitedOn,
    deadline,
    state: regularisationState(stored.suspension, today),
    ...missingOf(facts, law, today, language),
    ...(stored.note !== undefined && actor.kind !== 'employer' && { note: stored.note }),
  } satisfies z.input<typeof Regularisation>;
}

export const REGULARISATION_CSV = ['invitedOn', 'deadline', 'remedy.total', 'note'] as const;
