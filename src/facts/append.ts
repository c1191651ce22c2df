import type { Tx } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { readHistories } from './history.ts';
import { keptHistories } from './kept-histories.ts';
import { summarise } from './summary.ts';

/**
 * Takes the locks of these employers, in the order of their ids, for the rest of the transaction, and returns one
 * time of recording later than every fact that they have, and than `after`. Facts therefore become known in the order
 * of their `recordedAt`, employer by employer.
 */
export async function lockEmployers(
  deps: Deps,
  tx: Tx,
  employerIds: readonly string[],
  after = new Date(0),
): Promise<Date> {
  const locked = await tx.client.query<{ last: Date }>(
    `select last_recorded_at as last from summaries where employer_id = any($1::uuid[])
     order by employer_id for update`,
    [employerIds],
  );
  const now = Math.max(deps.clock().getTime(), after.getTime() + 1);
  return new Date(locked.rows.reduce((at, { last }) => Math.max(at, last.getTime() + 1), now));
}

/**
 * Computes the summaries of these employers anew from all their facts; the caller holds their locks. Without a time of
 * recording nothing is recorded: each keeps its last one.
 */
export async function renewSummaries(
  deps: Deps,
  tx: Tx,
  employerIds: readonly string[],
  recordedAt?: Date,
): Promise<void> {
  if (employerIds.length === 0) return;
  const today = dayOf(deps.clock());
  const histories = await keptHistories(deps.law, tx.client, (made) =>
    readHistories(deps, tx.client, employerIds, { ...made, judgedFrom: today }),
  );
  await summarise(tx, deps.law, [...histories.values()], recordedAt?.toISOString(), today);
}

/**
 * Appends facts about employers in the caller's transaction, under their locks, and renews their summaries: the
 * summary is never older than the facts.
 */
export async function appendFacts<T>(
  deps: Deps,
  tx: Tx,
  employerIds: readonly string[],
  append: (recordedAt: Date) => Promise<T>,
  after?: Date,
): Promise<T> {
  const recordedAt = await lockEmployers(deps, tx, employerIds, after);
  const result = await append(recordedAt);
  await renewSummaries(deps, tx, employerIds, recordedAt);
  return result;
}
