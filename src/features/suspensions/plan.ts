import { z } from 'zod';
import { addMonths, type Day } from '#src/domain/civil.ts';
import type { Ledger } from '#src/domain/ledger/ledger.ts';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import {
  type Instalment as DomainInstalment,
  type Plan as DomainPlan,
  PLAN_STATES,
} from '#src/domain/suspensions.ts';
import { planStanding } from '#src/domain/verdict/plan-standing.ts';
import type { Actor } from '#src/http/actor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { AmountField, allDiffer, DayField, DayOut, RupiahOut, rule } from '#src/http/fields.ts';
import type { Fault } from '#src/http/problem.ts';
import { MONTHS_AHEAD, outside } from './outside.ts';
import type { StoredSuspension } from './stored-suspension.ts';
import {
  CodesField,
  CodesOut,
  NoteField,
  NoteOut,
  PeriodsField,
  PeriodsOut,
  Recorded,
  recordedView,
} from './suspension.ts';

const MOST_INSTALMENTS = 120;

const Instalments = z
  .array(z.strictObject({ dueOn: DayField, amount: AmountField }))
  .min(1)
  .max(MOST_INSTALMENTS)
  .refine(
    (list) => allDiffer(list.map(({ dueOn }) => dueOn)),
    rule('duplicate', 'Tanggal angsuran berulang.', 'A day of payment twice.'),
  )
  .refine(
    (list) => list.reduce((sum, { amount }) => sum + amount, 0) <= MAX_RUPIAH,
    rule('too_big', `Jumlahnya paling banyak ${MAX_RUPIAH}.`, `At most ${MAX_RUPIAH} together.`),
  );

/** What is agreed. */
const terms = {
  codes: CodesField.default(['ARREARS']).meta({ description: 'Breaches that the plan covers' }),
  periods: PeriodsField.meta({ description: 'Contribution months that are paid by instalments' }),
  instalments: Instalments,
  agreedOn: DayField.meta({ description: 'Day of the agreement; payments count for the plan from it on' }),
};

export const PlanCreate = z
  .strictObject({ employer: EmployerField, ...terms, note: NoteField })
  .meta({ id: 'PlanCreate' });

/** A plan that is only thought of. */
export const PlanTerms = z.strictObject(terms).meta({ id: 'PlanTerms' });

/** The instalments in the order of their days. */
export function inOrder(instalments: readonly DomainInstalment[]): DomainInstalment[] {
  return instalments.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}

/** Instalments before the agreement, or too long after it; `at` is the pointer of the plan. */
export function instalmentFaults(
  { agreedOn, instalments }: { agreedOn: Day; instalments: readonly DomainInstalment[] },
  at = '',
): Fault[] {
  const last = addMonths(agreedOn, MONTHS_AHEAD);
  return instalments.flatMap(({ dueOn }, index) => {
    const pointer = `${at}/instalments/${index}/dueOn`;
    return outside(pointer, dueOn, [agreedOn, 'before_start'], [last, 'too_far_ahead']);
  });
}

const Instalment = z
  .object({
    dueOn: DayOut,
    amount: RupiahOut,
    paid: RupiahOut.meta({ description: "What had come in for the plan's months by that day, in all" }),
    state: z.enum(['met', 'missed', 'awaited']),
  })
  .meta({ id: 'Instalment' });

export const Plan = z
  .object({
    ...Recorded,
    kind: z.literal('plan'),
    codes: CodesOut,
    periods: PeriodsOut,
    agreedOn: DayOut,
    instalments: z.array(Instalment).max(MOST_INSTALMENTS).meta({ description: 'Earliest first' }),
    state: z.enum(PLAN_STATES).meta({ description: 'Computed for today from the payments' }),
    brokenOn: DayOut.optional().meta({ description: 'First day on which the plan was broken' }),
    note: NoteOut,
  })
  .meta({
    id: 'Plan',
    description:
      'A payment plan. While it is kept, the breaches that it covers leave conditions only; an instalment that is ' +
      'missed breaks it for good.',
  });

/** A plan as it goes out to a caller on the ledger's day. */
export function planView(stored: StoredSuspension<DomainPlan>, ledger: Ledger, actor: Actor) {
  const { codes, periods, agreedOn } = stored.suspension;
  return {
    ...recordedView(stored, 'plan'),
    codes: [...codes],
    periods: [...periods],
    agreedOn,
    ...planStanding(stored.suspension, ledger),
    ...(stored.note !== undefined && actor.kind !== 'employer' && { note: stored.note }),
  } satisfies z.input<typeof Plan>;
}

export const PLAN_CSV = ['agreedOn', 'codes', 'periods', 'brokenOn', 'note'] as const;
