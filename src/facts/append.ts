import type { Tx } from '#src/db/index.ts';
import { type Day, dayOf, EVER } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt } from '#src/domain/facts.ts';
import { carryForward, type RecordedOf } from './carry-forward.ts';
import type { FactDeps } from './deps.ts';
import { readHistories } from './history.ts';
import { keptHistories } from './kept-histories.ts';
import { summarise } from './summary.ts';

/**
 * Takes the locks of these employers, in the order of their ids, for the rest of the transaction, and returns one
 * time of recording later than every fact that they have, and than `after`. Facts therefore become known in the order
 * of their `recordedAt`, employer by employer.
 */
export async function lockEmployers(
  deps: FactDeps,
  tx: Tx,
  employerIds: readonly string[],
  after = new Date(0),
): Promise<Date> {
  const locked = await tx.client.query<{ last: Date }>({
    name: 'lock employers',
    text: `select last_recorded_at as last from summaries where employer_id = any($1::uuid[])
     order by employer_id for update`,
    values: [employerIds],
  });
  const now = Math.max(deps.clock().getTime(), after.getTime() + 1);
  return new Date(locked.rows.reduce((at, { last }) => Math.max(at, last.getTime() + 1), now));
}

/**
 * Computes the summaries of these employers anew from all their facts; the caller holds their locks. Without a time of
 * recording nothing is recorded: each keeps its last one.
 */
export async function renewSummaries(
  deps: FactDeps,
  tx: Tx,
  employerIds: readonly string[],
  recordedAt?: Date,
): Promise<void> {
  const today = dayOf(deps.clock());
  const facts = await allFacts(deps, tx, employerIds, today);
  await summarise(tx, deps.law, facts, recordedAt?.toISOString(), today);
}

/**
 * The same where it is known what was recorded since the summaries were written, and that nothing else was: who can be
 * carried forward with it is, at a cost that does not grow with what was recorded before.
 */
export async function extendSummaries(
  deps: FactDeps,
  tx: Tx,
  recorded: RecordedOf,
  recordedAt: Date,
): Promise<void> {
  if (recorded.size === 0) return;
  const today = dayOf(deps.clock());
  const carried = await carryForward(deps, tx.client, recorded, today);
  const others = [...recorded.keys()].filter((id) => !carried.has(id));
  const whole = await allFacts(deps, tx, others, today);
  const each = function* () {
    yield* carried.values();
    yield* whole;
  };
  await summarise(tx, deps.law, each(), recordedAt.toISOString(), today);
}

/** All facts of these employers, each put together when it is asked for. */
async function allFacts(
  deps: FactDeps,
  tx: Tx,
  employerIds: readonly string[],
  today: Day,
): Promise<Iterable<Facts>> {
  if (employerIds.length === 0) return [];
  const histories = await keptHistories(deps.law, tx.client, (made) =>
    readHistories(deps, tx.client, employerIds, { ...made, judgedFrom: today }),
  );
  return histories
    .values()
    .map((history) => factsKnownAt(history, EVER))
    .filter((facts) => facts !== undefined);
}

/**
 * Appends facts about employers in the caller's transaction, under their locks, and renews their summaries: the
 * summary is never older than the facts.
 */
export async function appendFacts<T>(
  deps: FactDeps,
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
