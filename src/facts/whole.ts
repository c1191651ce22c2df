import type { ClientBase, Pool } from 'pg';
import { type Day, EVER } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { readHistories } from './history.ts';
import { keptHistories } from './kept-histories.ts';

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
  const histories = await keptHistories(reading.law, client, (made) =>
    readHistories(reading, client, employerIds, { ...made, ...(judgedFrom !== undefined && { judgedFrom }) }),
  );
  return new Map([...histories].map(([id, history]) => [id, factsKnownAt(history, EVER)!]));
}
