import { addDays, type Day } from '#src/domain/civil.ts';
import type { Ledger, LedgerMonth } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Instalment, Plan, PlanState } from '#src/domain/suspensions.ts';

/** How an instalment stands on a day: `paid` is what had come in for the plan by its day, all instalments together. */
export type InstalmentStanding = Instalment & { paid: Rupiah; state: 'met' | 'missed' | 'awaited' };

export type PlanStanding = {
  state: PlanState;
  instalments: InstalmentStanding[];
  /** First day on which the plan was broken. */
  brokenOn?: Day;
};

/**
 * How a plan stands by the ledger of a day. An instalment is met when, by its day, what was applied to the plan's
 * months since the agreement reaches all instalments so far, or when all of these months are assessed and settled. A missed
 * instalment breaks the plan for good.
 */
export function planStanding(plan: Plan, ledger: Ledger): PlanStanding {
  const { asOf } = ledger;
  const months = ledger.months.filter(({ period }) => plan.periods.includes(period));
  const assessed = months.length === plan.periods.length;
  let promised = 0;
  let brokenOn: Day | undefined;
  const instalments = plan.instalments.map((instalment): InstalmentStanding => {
    promised = add(promised, instalment.amount);
    const { dueOn } = instalment;
    const paid = months.reduce((sum, month) => add(sum, receivedIn(month, plan.agreedOn, dueOn)), 0);
    const met = paid >= promised || (assessed && months.every((month) => settledBy(month, dueOn)));
    const missed = !met && dueOn < asOf;
    if (missed) brokenOn ??= addDays(dueOn, 1);
    return { ...instalment, paid, state: met ? 'met' : missed ? 'missed' : 'awaited' };
  });
  const state = planState(plan, asOf, brokenOn);
  return { state, instalments, ...(brokenOn && { brokenOn }) };
}

function planState({ ending, instalments }: Plan, asOf: Day, brokenOn: Day | undefined): PlanState {
  if (ending && ending.on <= asOf) return 'withdrawn';
  if (brokenOn) return 'broken';
  return instalments.at(-1)!.dueOn < asOf ? 'fulfilled' : 'kept';
}

function receivedIn(month: LedgerMonth, from: Day, until: Day): Rupiah {
  let sum = 0;
  for (const { on, amount } of month.parts) if (on >= from && on <= until) sum += amount;
  for (const { on, amount } of month.penaltyParts) if (on >= from && on <= until) sum += amount;
  return sum;
}

function settledBy({ outstanding, paidInFullOn }: LedgerMonth, day: Day): boolean {
  return outstanding === 0 && (paidInFullOn === undefined || paidInFullOn <= day);
}
