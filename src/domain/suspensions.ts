import { addDays, type Day, type Instant, type Period } from './civil.ts';
import type { Rupiah } from './money.ts';
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

/** The day from which a suspension counts. */
export function startOf(suspension: Suspension): Day {
  if (suspension.kind === 'plan') return suspension.agreedOn;
  return suspension.kind === 'dispute' ? suspension.openedOn : suspension.invitedOn;
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
