export { appendFacts, lockEmployers, renewSummaries } from './append.ts';
export { readHistories } from './history.ts';
export {
  type Clocks,
  type KnownFacts,
  readAllFacts,
  readFacts,
  readFactsFrom,
  type SummaryRow,
} from './read.ts';
export { keepAssessments, type RosterAssessment } from './read-declarations.ts';
export { type DeclaredRoster, recordDeclarations } from './record-declarations.ts';
export {
  PAYMENT_COLUMNS,
  type PaymentRow,
  type ReportedPayment,
  recordPayments,
  type StoredPayment,
  storedPayment,
} from './record-payments.ts';
export { type RowFilter, renewStale } from './renew-stale.ts';
export { openRoster } from './roster.ts';
export { type Adoption, openRulesets, type Rulesets } from './rulesets.ts';
export { SUSPENSION_COLUMNS, SUSPENSION_TABLES, type SuspensionRow, suspensionOf } from './suspensions.ts';
