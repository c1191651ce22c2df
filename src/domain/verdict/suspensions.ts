import { addDays, type Day, type Instant, type Period, periodOf } from '#src/domain/civil.ts';
import type { Ledger, LedgerMonth } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from './reason-codes.ts';

/** The breaches that can be covered: who is not registered has nothing to suspend. */
export const COVERABLE = [
  'ARREARS',
  'NOT_DECLARED',
  'PARTIAL_PROGRAMMES',
  'PARTIAL_WORKERS',
  'PARTIAL_WAGES',
] as const satisfies ReasonCode[];
export type Coverable = (typeof COVERABLE)[number];

/** An amount that a plan promises by the end of a day. */
export type Instalment = { dueOn: Day; amount: Rupiah };

/** What ended a suspension before its time. */
export type Ending = {
  kind: 'decision' | 'withdrawal';
  on: Day;
  /** Of a decision on a dispute: the employer was right. */
  upheld?: boolean;
  recordedAt: Instant;
};

type Recorded = { id: string; recordedAt: Instant; ending?: Ending };

/** A plan to pay arrears in instalments, agreed between an agency and the employer. */
export type Plan = Recorded & {
  kind: 'plan';
  codes: readonly Coverable[];
  periods: readonly Period[];
  agreedOn: Day;
  /** Earliest first. */
  instalments: readonly Instalment[];
};

/** The employer contests breaches; a suspensive dispute takes their consequences away until it is decided. */
export type Dispute = Recorded & {
  kind: 'dispute';
  /** Undefined: every breach. */
  codes?: readonly Coverable[];
  /** Undefined: whatever had fallen due when it was opened. */
  periods?: readonly Period[];
  openedOn: Day;
  suspensive: boolean;
};

/** An agency invites the employer to mend its breaches by a deadline. */
export type Regularisation = Recorded & { kind: 'regularisation'; invitedOn: Day; deadline: Day };

/** What can take the consequences of a breach away for a time: product decisions of the domain model. */
export type Suspension = Plan | Dispute | Regularisation;

export const PLAN_STATES = ['kept', 'fulfilled', 'broken', 'withdrawn'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

export const DISPUTE_STATES = ['open', 'upheld', 'rejected', 'withdrawn'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

export const REGULARISATION_STATES = ['open', 'expired', 'withdrawn'] as const;
export type RegularisationState = (typeof REGULARISATION_STATES)[number];

/** How an instalment stands on a day: `paid` is what had come in for the plan by its day, all instalments together. */
export type InstalmentStanding = Instalment & { paid: Rupiah; state: 'met' | 'missed' | 'awaited' };

export type PlanStanding = {
  state: PlanState;
  instalments: InstalmentStanding[];
  /** First day on which the plan was broken. */
  brokenOn?: Day;
};

/** The day from which a suspension counts. */
export function startOf(suspension: Suspension): Day {
  if (suspension.kind === 'plan') return suspension.agreedOn;
  return suspension.kind === 'dispute' ? suspension.openedOn : suspension.invitedOn;
}

/**
 * How a plan stands by the ledger of a day. An instalment is met when, by its day, what was applied to the plan's
 * months since the agreement reaches all instalments so far, or nothing of those months is outstanding. A missed
 * instalment breaks the plan for good.
 */
export function planStanding(plan: Plan, ledger: Ledger): PlanStanding {
  const { asOf } = ledger;
  const months = ledger.months.filter(({ period }) => plan.periods.includes(period));
  let promised = 0;
  let brokenOn: Day | undefined;
  const instalments = plan.instalments.map((instalment): InstalmentStanding => {
    promised = add(promised, instalment.amount);
    const { dueOn } = instalment;
    const paid = months.reduce((sum, month) => add(sum, receivedIn(month, plan.agreedOn, dueOn)), 0);
    const met = paid >= promised || months.every((month) => settledBy(month, dueOn));
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

export function disputeState({ ending }: Dispute, asOf: Day): DisputeState {
  if (!ending || ending.on > asOf) return 'open';
  if (ending.kind === 'withdrawal') return 'withdrawn';
  return ending.upheld ? 'upheld' : 'rejected';
}

export function regularisationState({ deadline, ending }: Regularisation, asOf: Day): RegularisationState {
  if (ending && ending.on <= asOf) return 'withdrawn';
  return asOf <= deadline ? 'open' : 'expired';
}

/** What a suspension is about: a breach by its code, month by month where the breach has months. */
export function concerns(
  suspension: Plan | Dispute,
  law: Law,
  breach: { code: ReasonCode; periods?: readonly Period[] },
): { whole: boolean; periods: readonly Period[] } {
  const codes: readonly ReasonCode[] = suspension.codes ?? COVERABLE;
  if (!codes.includes(breach.code)) return { whole: false, periods: [] };
  if (!breach.periods) return { whole: true, periods: [] };
  return {
    whole: false,
    periods: breach.periods.filter((period) => isAbout(suspension, law, breach.code, period)),
  };
}

function isAbout(suspension: Plan | Dispute, law: Law, code: ReasonCode, period: Period): boolean {
  if (suspension.periods) return suspension.periods.includes(period);
  if (suspension.kind === 'plan') return false;
  if (code === 'ARREARS' || code === 'NOT_DECLARED') return law.at(period).dueOn < suspension.openedOn;
  // Who was right about a roster was right about those that there were.
  return suspension.ending?.upheld !== true || period <= periodOf(suspension.ending.on);
}

/** Days after `asOf` on which the passing of time alone changes what is suspended. */
export function suspensionChangeDays(suspension: Suspension, asOf: Day): Day[] {
  const days = [startOf(suspension)];
  if (suspension.ending) days.push(suspension.ending.on);
  if (suspension.kind === 'plan')
    for (const { dueOn } of suspension.instalments) days.push(addDays(dueOn, 1));
  if (suspension.kind === 'regularisation') days.push(addDays(suspension.deadline, 1));
  return days.filter((day) => day > asOf);
}

/**
 * Whether nothing follows from a suspension any more, on `today` or later, if the months up to `settledThrough` are
 * settled for good.
 */
export function isOver(suspension: Suspension, today: Day, settledThrough: Period): boolean {
  if (suspension.ending && suspension.ending.on <= today && !suspension.ending.upheld) return true;
  if (suspension.kind === 'regularisation') return suspension.deadline < today;
  const { codes = COVERABLE, periods } = suspension;
  const ofMonths = codes.every((code) => code === 'ARREARS' || code === 'NOT_DECLARED');
  return ofMonths && periods !== undefined && periods.every((period) => period <= settledThrough);
}
