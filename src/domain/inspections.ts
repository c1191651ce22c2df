import type { Day, Instant } from './civil.ts';
import type { ReasonCode } from './reason-codes.ts';

export const OUTCOME_KINDS = ['visited', 'cancelled'] as const;

/** What came of a case; cancelled: nobody went. */
export type InspectionOutcome = {
  kind: (typeof OUTCOME_KINDS)[number];
  on: Day;
  found: readonly ReasonCode[];
  recordedAt: Instant;
};

/** A case that an inspector was given. */
export type Inspection = {
  id: string;
  agency: string;
  inspector: string;
  /** Last day of the visit as planned. */
  plannedOn: Day;
  /** Codes of the reasons for which the queue named the employer. */
  claims: readonly ReasonCode[];
  recordedAt: Instant;
  outcome?: InspectionOutcome;
};
