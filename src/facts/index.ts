export { appendFacts, lockEmployers, renewSummaries } from './append.ts';
export { turns } from './at-most.ts';
export { type Compared, keepComparisons, readComparisons } from './comparisons.ts';
export { numberAllWorkers, numberWorkers } from './declared-workers.ts';
export type { FactDeps } from './deps.ts';
export { EVIDENCE_COLUMNS, type EvidenceRow, evidenceOf, readSeenWorkers } from './evidence.ts';
export { readHistories } from './history.ts';
export { keptHistories } from './kept-histories.ts';
export {
  MINIMUM_WAGE_COLUMNS,
  type MinimumWageRow,
  minimumWageOf,
  readMinimumWages,
} from './minimum-wages.ts';
export { listNikEmployers } from './nik-employers.ts';
export { pauses } from './pauses.ts';
export { readPlacedWorkers } from './placed-workers.ts';
export {
  type Clocks,
  type KnownFacts,
  readAllFacts,
  readFacts,
  readFactsFrom,
  type SummaryRow,
} from './read.ts';
export { readWorkers } from './read-workers.ts';
export {
  type DeclaredRoster,
  type EncodedDeclaration,
  recordDeclarations,
  recordEncoded,
} from './record-declarations.ts';
export { type KeptEvidence, keepEvidence, type StatedEvidence } from './record-evidence.ts';
export {
  PAYMENT_COLUMNS,
  type PaymentRow,
  type ReportedPayment,
  recordPayments,
  type StoredPayment,
  storedPayment,
} from './record-payments.ts';
export { type Pace, type RowFilter, renewAllStale, renewInBackground, renewStale } from './renew-stale.ts';
export { openRoster } from './roster.ts';
export { type Adoption, openRulesets, type Rulesets } from './rulesets.ts';
export { openRosters, readInForce, readRosters } from './sealed-rosters.ts';
export {
  holdMinimumWages,
  type KeptMinimumWage,
  type StatedMinimumWage,
  stateMinimumWage,
} from './state-minimum-wage.ts';
export { SUSPENSION_COLUMNS, SUSPENSION_TABLES, type SuspensionRow, suspensionOf } from './suspensions.ts';
export { wholeFacts } from './whole.ts';
