import type { Day, Instant, Period } from './civil.ts';
import type { Rupiah } from './money.ts';
import type { ReasonCode } from './reason-codes.ts';

/** An amount that a plan promises by the end of a day. */
export type Instalment = { dueOn: Day; amount: Rupiah };

/** The breaches that something is about, and when it was recorded. */
type About = {
  id: string;
  recordedAt: Instant;
  /** Undefined: every breach. */
  codes?: readonly ReasonCode[];
  /** Undefined: the months that had fallen due when it was opened. */
  periods?: readonly Period[];
  ending?: Ending;
};

/** What ended it before its time. */
export type Ending = {
  kind: 'decision' | 'withdrawal';
  on: Day;
  /** Of a decision on a dispute: the employer was right. */
  upheld?: boolean;
  recordedAt: Instant;
};

/** A plan to pay arrears in instalments, agreed between an agency and the employer. */
export type Plan = About & {
  kind: 'plan';
  codes: readonly ReasonCode[];
  periods: readonly Period[];
  agreedOn: Day;
  /** Oldest first. */
  instalments: readonly Instalment[];
};

/** The employer contests a breach; a suspensive dispute takes its consequences away until it is decided. */
export type Dispute = About & { kind: 'dispute'; openedOn: Day; suspensive: boolean };

/** An agency invites the employer to mend its breaches by a deadline. */
export type Regularisation = About & { kind: 'regularisation'; invitedOn: Day; deadline: Day };

/** What can take the consequences of a breach away for a time. */
export type Suspension = Plan | Dispute | Regularisation;
