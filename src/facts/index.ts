export { appendFacts, lockEmployers, renewSummaries } from './append.ts';
export { readFlagEvents, readHistories } from './history.ts';
export {
  type Clocks,
  type KnownFacts,
  type SummaryRow,
  answersFor,
  fromSummary,
  readAllFacts,
  readFacts,
} from './read.ts';
export { type DeclaredRoster, recordDeclarations } from './record-declarations.ts';
export {
  PAYMENT_COLUMNS,
  type PaymentRow,
  type ReportedPayment,
  type StoredPayment,
  recordPayments,
  storedPayment,
} from './record-payments.ts';
export { openRoster } from './roster.ts';
