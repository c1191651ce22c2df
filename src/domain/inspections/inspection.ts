import type { Day, Instant } from '#src/domain/civil.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { SANCTIONABLE } from '#src/domain/sanctions.ts';

export const OUTCOME_KINDS = ['visited', 'cancelled'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** What came of a case; cancelled: nobody went. */
export type InspectionOutcome = {
  kind: OutcomeKind;
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

export const INSPECTION_STATES = ['assigned', 'overdue', 'visited', 'cancelled'] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

/** How a case stands on a day: overdue from the day after the planned one, until something comes of it. */
export function inspectionState(
  { plannedOn, outcome }: { plannedOn: Day; outcome?: Pick<InspectionOutcome, 'kind'> },
  today: Day,
): InspectionState {
  return outcome?.kind ?? (plannedOn < today ? 'overdue' : 'assigned');
}

/** The case of the employer that nothing has come of yet: there is one at most. */
export function openInspection<T extends Pick<Inspection, 'outcome'>>(
  inspections: readonly T[],
): T | undefined {
  return inspections.find(({ outcome }) => outcome === undefined);
}

/** Whether an inspector went and found a breach, be it one that was claimed or not. */
export function foundBreach({ outcome }: Pick<Inspection, 'outcome'>): boolean {
  const breaches: readonly ReasonCode[] = SANCTIONABLE;
  return outcome?.kind === 'visited' && outcome.found.some((code) => breaches.includes(code));
}
