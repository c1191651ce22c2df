import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf, type Instant } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt } from '#src/domain/facts.ts';
import { readHistories } from './history.ts';

/** When a question is asked about: both default to now. */
export type Clocks = { asOf?: Day | undefined; knownAt?: Instant | undefined };

/** Facts of an employer with the clocks that they answer for. */
export type KnownFacts = {
  facts: Facts;
  asOf: Day;
  knownAt: Instant;
  /** Recording of the newest fact among them. */
  dataCutoff: Instant;
};

/** A summary as stored: facts without what is settled for good, good for every day from `computedOn` on. */
export type SummaryRow = {
  employer_id: string;
  last_recorded_at: Date;
  computed_on: Day;
  ruleset_version: string;
  facts: Facts;
};

/**
 * The facts that judge an employer. Today's and later days' come from its summary, one row; the past comes from all
 * facts. Where no `knownAt` is asked for, the answer names the recording of the newest fact: asking again with it
 * gives the same facts for ever. Undefined if the employer was not known then.
 */
export async function readFacts(
  deps: Deps,
  employerId: string,
  clocks: Clocks,
): Promise<KnownFacts | undefined> {
  const today = dayOf(deps.clock());
  const asOf = clocks.asOf ?? today;
  if (clocks.knownAt === undefined && asOf >= today) {
    const found = await deps.database.pool.query<SummaryRow>(
      `select employer_id, last_recorded_at, computed_on, ruleset_version, facts
       from summaries where employer_id = $1`,
      [employerId],
    );
    const row = found.rows[0];
    if (row && answersFor(row, deps.law.version, asOf)) return fromSummary(row, asOf);
  }
  return readAllFacts(deps, employerId, clocks);
}

/** Whether a summary can answer for a day under the ruleset in force. */
export function answersFor(row: SummaryRow, rulesetVersion: string, asOf: Day): boolean {
  return row.computed_on <= asOf && row.ruleset_version === rulesetVersion;
}

export function fromSummary(row: SummaryRow, asOf: Day): KnownFacts {
  const knownAt = row.last_recorded_at.toISOString();
  return { facts: row.facts, asOf, knownAt, dataCutoff: knownAt };
}

/** The same from all facts: for ledgers, which show settled months too, and for the past. */
export async function readAllFacts(
  deps: Deps,
  employerId: string,
  clocks: Clocks,
): Promise<KnownFacts | undefined> {
  const asOf = clocks.asOf ?? dayOf(deps.clock());
  if (clocks.knownAt !== undefined) await recordingHasPassed(deps, employerId, clocks.knownAt);
  return snapshot(deps, async (client) => {
    const histories = await readHistories(deps, client, [employerId]);
    const history = histories.get(employerId);
    if (!history) return undefined;
    const facts = [
      ...history.changes,
      ...history.declarations,
      ...history.payments,
      ...history.reversals,
      ...history.flags.flatMap((flag) => [flag, ...flag.events]),
      ...history.suspensions.flatMap((each) => (each.ending ? [each, each.ending] : [each])),
    ];
    const limit = clocks.knownAt;
    const dataCutoff = facts
      .map(({ recordedAt }) => recordedAt)
      .filter((recordedAt) => limit === undefined || recordedAt <= limit)
      .reduce((a, b) => (a > b ? a : b), '');
    const known = factsKnownAt(history, clocks.knownAt ?? dataCutoff);
    return known && { facts: known, asOf, knownAt: clocks.knownAt ?? dataCutoff, dataCutoff };
  });
}

/** Waits until no fact can any more be recorded at or before the instant. */
async function recordingHasPassed(deps: Deps, employerId: string, knownAt: Instant): Promise<void> {
  if (deps.clock().toISOString() <= knownAt) await delay(2);
  await deps.database.pool.query('select 1 from summaries where employer_id = $1 for share', [employerId]);
}

async function snapshot<T>(deps: Deps, read: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await deps.database.reader.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await read(client);
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}
