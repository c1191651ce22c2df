import type { Day, Instant, Period } from './civil.ts';
import type { Rupiah } from './money.ts';

/** Where evidence about an employer's workers and wages comes from. */
export const EVIDENCE_KINDS = [
  'wlkp_report',
  'tax_withholding',
  'inspection',
  'procurement_contract',
  'worker_complaint',
  'licence_application',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What a roster shows when evidence is held against it: counts and sums, nobody by name. */
export type EvidenceComparison = {
  /** Of the declared roster. */
  headcount: number;
  wageBill: Rupiah;
  /** Workers seen by name who are not on the roster. */
  missing: number;
  /** Workers seen by name who are declared with a lower wage, and by how much in sum. */
  underpaid: number;
  hiddenWages: Rupiah;
  /** Declared workers with a wage below the lowest one that was seen, and by how much in sum. */
  belowLowest: number;
  belowLowestBy: Rupiah;
};

/** A statement on an employer's workers and wages on a day that does not come from its declarations. */
export type Evidence = {
  id: string;
  kind: EvidenceKind;
  agency: string;
  observedOn: Day;
  recordedAt: Instant;
  headcount?: number;
  /** Rupiah a month. */
  wageBill?: Rupiah;
  lowestWage?: Rupiah;
  /** How many workers were seen by name. */
  workersSeen?: number;
  /** The roster of the month, or the newest before it, and what it shows; absent where there is none. */
  compared?: { period: Period } & EvidenceComparison;
};
