import { setTimeout as delay } from 'node:timers/promises';
import { snapshot } from '#src/db/index.ts';
import { type Day, dayOf, type Instant, latest } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt, type History } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { FactDeps } from './deps.ts';
import { readHistories } from './history.ts';
import { keptHistories } from './kept-histories.ts';
import { isStale, renewAsked } from './renew-stale.ts';

/** When a question is asked about: both default to now. */
export type Clocks = { asOf?: Day | undefined; knownAt?: Instant | undefined };

/** Facts of an employer with the clocks that they answer for, and the law that they are judged by. */
export type KnownFacts = {
  facts: Facts;
  /** In force at `knownAt`. */
  law: Law;
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
 * facts. Where no `knownAt` is asked for, the answer names the recording of the newest fact, or the adoption of the
 * ruleset in force: asking again with it gives the same facts and the same law for ever. Undefined if the employer was
 * not known then.
 */
export async function readFacts(
  deps: FactDeps,
  employerId: string,
  clocks: Clocks,
): Promise<KnownFacts | undefined> {
  if (clocks.knownAt === undefined) {
    const row = await readSummary(deps, employerId);
    return row && readFactsFrom(deps, row, clocks);
  }
  return readAllFacts(deps, employerId, clocks);
}

/** The summary, renewed first where lists would renew it. */
async function readSummary(deps: FactDeps, employerId: string): Promise<SummaryRow | undefined> {
  const read = async () => {
    const values: unknown[] = [employerId];
    const stale = isStale(deps, dayOf(deps.clock()), (value) => `$${values.push(value)}`);
    const found = await deps.database.pool.query<SummaryRow & { stale: boolean }>({
      name: 'read summary',
      text: `select s.employer_id, s.last_recorded_at, s.computed_on, s.ruleset_version, s.facts, ${stale} as stale
       from summaries s where s.employer_id = $1`,
      values,
    });
    return found.rows[0];
  };
  const row = await read();
  return row?.stale && (await renewAsked(deps, employerId)) ? read() : row;
}

/** The same with the employer's summary at hand; all facts are read where it cannot answer. */
export async function readFactsFrom(
  deps: FactDeps,
  row: SummaryRow,
  clocks: Clocks,
): Promise<KnownFacts | undefined> {
  const asOf = clocks.asOf ?? dayOf(deps.clock());
  if (clocks.knownAt === undefined && row.computed_on <= asOf) {
    const dataCutoff = row.last_recorded_at.toISOString();
    const { law, knownAt } = await deps.rulesets.now(dataCutoff);
    if (row.ruleset_version === law.version) {
      return {
        law,
        asOf,
        knownAt,
        dataCutoff,
        // They may have to be read from their text: not before somebody asks for them.
        get facts() {
          return row.facts;
        },
      };
    }
  }
  return readAllFacts(deps, row.employer_id, clocks);
}

/** The same from all facts: for ledgers, which show settled months too, and for the past. */
export async function readAllFacts(
  deps: FactDeps,
  employerId: string,
  clocks: Clocks,
): Promise<KnownFacts | undefined> {
  const asOf = clocks.asOf ?? dayOf(deps.clock());
  const known = await knownWith(deps, employerId, clocks.knownAt);
  if (!known) return undefined;
  const { law, knownAt } = known;
  const reading = { law, keyRing: deps.keyRing };
  const histories = await keptHistories(law, deps.database.pool, (made) =>
    snapshot(deps.database, (client) =>
      readHistories(reading, client, [employerId], { ...made, knownAt, judgedFrom: asOf }),
    ),
  );
  const history = histories.get(employerId);
  const facts = history && factsKnownAt(history, knownAt);
  return facts && { facts, law, asOf, knownAt, dataCutoff: newestRecording(history, facts, knownAt) };
}

/** The instant that an answer holds for, now if none is asked for, and the law in force then. */
async function knownWith(
  deps: FactDeps,
  employerId: string,
  knownAt: Instant | undefined,
): Promise<Pick<KnownFacts, 'law' | 'knownAt'> | undefined> {
  if (knownAt !== undefined) {
    await recordingHasPassed(deps, employerId, knownAt);
    return { law: await deps.rulesets.at(knownAt), knownAt };
  }
  const found = await deps.database.pool.query<Pick<SummaryRow, 'last_recorded_at'>>({
    name: 'last recording',
    text: 'select last_recorded_at from summaries where employer_id = $1',
    values: [employerId],
  });
  const row = found.rows[0];
  return row && deps.rulesets.now(row.last_recorded_at.toISOString());
}

function newestRecording(history: History, facts: Facts, knownAt: Instant): Instant {
  return [
    ...history.changes,
    ...history.declarations,
    ...history.payments,
    ...history.reversals,
    ...history.flags.flatMap((flag) => [flag, ...flag.events]),
    ...history.suspensions.flatMap((each) => (each.ending ? [each, each.ending] : [each])),
    ...history.evidence,
    ...history.sanctions.flatMap((each) => [each, ...each.steps]),
    ...history.inspections.flatMap((each) => (each.outcome ? [each, each.outcome] : [each])),
    ...facts.minimumWages,
  ]
    .map(({ recordedAt }) => recordedAt)
    .filter((recordedAt) => recordedAt <= knownAt)
    .reduce(latest, '');
}

/** Waits until no fact can any more be recorded, nor a ruleset be adopted, at or before the instant. */
async function recordingHasPassed(deps: FactDeps, employerId: string, knownAt: Instant): Promise<void> {
  if (deps.clock().toISOString() <= knownAt) await delay(2);
  await deps.database.pool.query({
    name: 'recording has passed',
    text: 'select 1 from summaries where employer_id = $1 for share',
    values: [employerId],
  });
}
