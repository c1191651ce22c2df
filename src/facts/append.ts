import type { Tx } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import type { Instant } from '#src/domain/facts.ts';
import { readHistories } from './history.ts';
import { summarise } from './summary.ts';

/**
 * Appends facts about employers in the caller's transaction: takes their locks in the order of their ids, hands out
 * one time of recording later than every fact that they have, and renews their summaries from what was appended.
 *
 * Facts therefore become known in the order of their `recordedAt`, employer by employer, and the summary is never
 * older than the facts.
 */
export async function appendFacts<T>(
  deps: Deps,
  tx: Tx,
  employerIds: readonly string[],
  append: (recordedAt: Date) => Promise<T>,
): Promise<T> {
  const ids = [...new Set(employerIds)].sort();
  const locked = await tx.client.query<{ last: Date }>(
    `select last_recorded_at as last from summaries where employer_id = any($1::uuid[])
     order by employer_id for update`,
    [ids],
  );
  const now = deps.clock().getTime();
  const recordedAt = new Date(locked.rows.reduce((at, { last }) => Math.max(at, last.getTime() + 1), now));
  const result = await append(recordedAt);
  await renewSummaries(deps, tx, ids, recordedAt);
  return result;
}

/** Computes the summaries of these employers anew from all their facts. */
export async function renewSummaries(
  deps: Deps,
  tx: Tx,
  employerIds: readonly string[],
  knownAt: Date,
): Promise<void> {
  const histories = await readHistories(deps, tx.client, employerIds);
  const known: Instant = knownAt.toISOString();
  await summarise(tx, deps.law, [...histories.values()], known, dayOf(deps.clock()));
}
