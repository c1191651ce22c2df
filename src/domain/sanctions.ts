import type { Service } from './check-policy.ts';
import type { Day, Instant, Period } from './civil.ts';
import type { Rupiah } from './money.ts';
import type { ReasonCode } from './reason-codes.ts';

/** Breaches that a procedure under PP 86/2013 can be opened for. */
export const SANCTIONABLE = [
  'NOT_REGISTERED',
  'ARREARS',
  'NOT_DECLARED',
  'PARTIAL_PROGRAMMES',
  'PARTIAL_WORKERS',
  'PARTIAL_WAGES',
] as const satisfies ReasonCode[];
export type Sanctionable = (typeof SANCTIONABLE)[number];

/** Steps of a procedure, in the order of the ladder. TMP2T: denial of certain public services. */
export const SANCTION_STEPS = [
  'first_warning',
  'second_warning',
  'administrative_fine',
  'tmp2t_request',
  'tmp2t_decision',
  'tmp2t_lift_request',
  'tmp2t_lifted',
  'referred_to_prosecutor',
  'closed',
] as const;
export type SanctionStepKind = (typeof SANCTION_STEPS)[number];

export type SanctionStep = {
  id: string;
  step: SanctionStepKind;
  on: Day;
  recordedAt: Instant;
  agency: string;
  /** Of a request, its decision, the request to lift it and the lift. */
  services?: readonly Service[];
  /** The unit that decides or decided: an agency's code, or the name of one that has none. */
  decidedBy?: string;
  /** Of a decision. */
  accepted?: boolean;
  /** Of a decision, a request to lift or a lift: id of the request that it is about. */
  requestId?: string;
  /** Of a fine, in rupiah, as computed on its day, and what it consists of. */
  amount?: Rupiah;
  fineMonths?: readonly FinedMonth[];
};

/** What one month in arrears adds to a fine: `contribution` outstanding, `months` late, and the fine on it. */
export type FinedMonth = { period: Period; contribution: Rupiah; months: number; amount: Rupiah };

/** Whether, on a day, a breach that a procedure is about holds, holds without consequences, or holds no more. */
export const BREACH_STANDINGS = ['breached', 'suspended', 'mended'] as const;
export type BreachStanding = (typeof BREACH_STANDINGS)[number];

/** From a day on the breaches of a procedure stood like this; mended, it may have become known only on a later one. */
export type Turn = { from: Day; standing: BreachStanding; knownOn?: Day };

/** A procedure against an employer, as far as known. */
export type Sanction = {
  id: string;
  agency: string;
  codes: readonly Sanctionable[];
  openedOn: Day;
  recordedAt: Instant;
  /** In order of recording. */
  steps: readonly SanctionStep[];
  /** How its breaches stood on each day up to `through`, where facts that would tell it are left out. */
  judged?: { through: Day; turns: readonly Turn[] };
};

/** Paused: a plan that is kept, a dispute or an invitation suspends every breach of it. Mended: there is none any more. */
export const SANCTION_STATES = ['open', 'paused', 'mended', 'closed'] as const;
export type SanctionState = (typeof SANCTION_STATES)[number];

/** Unanswered: the term has passed, and it can still be answered. */
export const REQUEST_STATES = [
  'open',
  'unanswered',
  'accepted',
  'declined',
  'lift_requested',
  'lifted',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
