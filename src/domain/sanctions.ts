import type { Service } from './check-policy.ts';
import type { Day, Instant } from './civil.ts';
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
  /** Of a fine, in rupiah, as computed on its day. */
  amount?: Rupiah;
};

/** A procedure against an employer, as far as known. */
export type Sanction = {
  id: string;
  agency: string;
  codes: readonly Sanctionable[];
  openedOn: Day;
  recordedAt: Instant;
  /** In order of recording. */
  steps: readonly SanctionStep[];
};
