export { appendFacts, lockEmployers, renewSummaries } from './append.ts';
export { readHistories } from './history.ts';
export {
  answersFor,
  type Clocks,
  fromSummary,
  type KnownFacts,
  readAllFacts,
  readFacts,
  type SummaryRow,
} from './read.ts';
export { type DeclaredRoster, recordDeclarations } from './record-declarations.ts';
export {
  PAYMENT_COLUMNS,
  type PaymentRow,
  type ReportedPayment,
  recordPayments,
  type StoredPayment,
  storedPayment,
} from './record-payments.ts';
export { openRoster } from './roster.ts';
export { STRETCH_DAYS } from './summary.ts';
