import type { ClientBase, Pool } from 'pg';
import type { Day } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { keepComparisons, type MadeComparison } from './comparisons.ts';
import { readHistories } from './history.ts';
import { keepAssessments, type RosterAssessment } from './read-declarations.ts';

/** Later than every recording. */
const ALWAYS = '9999';

/**
 * All that is known of these employers, settled months and what has run out too, which summaries leave out. `client`
 * must be able to write: what had to be computed from rosters is kept.
 *
 * @param judgedFrom first day that wages will be judged of: without it no roster is held against minimum wages
 */
export async function wholeFacts(
  reading: { law: Law; keyRing: KeyRing },
  client: ClientBase | Pool,
  employerIds: readonly string[],
  judgedFrom?: Day,
): Promise<Map<string, Facts>> {
  if (employerIds.length === 0) return new Map();
  const assessed: RosterAssessment[] = [];
  const compared: MadeComparison[] = [];
  const histories = await readHistories(reading, client, employerIds, {
    assessed,
    compared,
    ...(judgedFrom !== undefined && { judgedFrom }),
  });
  await keepAssessments(client, reading.law.version, assessed);
  await keepComparisons(client, compared);
  return new Map([...histories].map(([id, history]) => [id, factsKnownAt(history, ALWAYS)!]));
}
