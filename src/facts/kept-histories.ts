import type { ClientBase, Pool } from 'pg';
import type { History } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { keepComparisons, type MadeComparison } from './comparisons.ts';
import { keepAssessments, type RosterAssessment } from './read-declarations.ts';

/** What had to be computed from rosters for a reading. */
type Made = { assessed: RosterAssessment[]; compared: MadeComparison[] };

/** Reads histories under a law and keeps what that computes from rosters, so that they need not be opened for it again. */
export async function keptHistories(
  law: Law,
  keeper: ClientBase | Pool,
  read: (made: Made) => Promise<Map<string, History>>,
): Promise<Map<string, History>> {
  const made: Made = { assessed: [], compared: [] };
  const histories = await read(made);
  await keepAssessments(keeper, law.version, made.assessed);
  await keepComparisons(keeper, made.compared);
  return histories;
}
