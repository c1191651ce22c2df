export { appendFacts, renewSummaries } from './append.ts';
export { readFlagEvents } from './history.ts';
export {
  type Clocks,
  type KnownFacts,
  type SummaryRow,
  answersFor,
  fromSummary,
  readAllFacts,
  readFacts,
} from './read.ts';
export { assessRoster, openRoster, sealRoster } from './roster.ts';
