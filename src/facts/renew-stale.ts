import { setTimeout as delay } from 'node:timers/promises';
import { describeFailure, isMigrated, transaction, uuidArray } from '#src/db/index.ts';
import { addDays, type Day, dayOf } from '#src/domain/civil.ts';
import { renewSummaries } from './append.ts';
import { numberAllWorkers } from './declared-workers.ts';
import type { FactDeps } from './deps.ts';
import { STRETCH_DAYS } from './summary.ts';

/** SQL text that picks rows of an alias with `employer_id` and `region_code`. */
export type RowFilter = (alias: string, bind: (value: unknown) => string) => string;

/**
 * How renewing shares the machine: `portion` employers in a transaction, which holds their locks for as many tenths of
 * a millisecond, and `lanes` transactions side by side, so that the database works while this process computes.
 */
export type Pace = { portion: number; lanes: number };

/** For somebody who waits for a list. */
const AT_ONCE: Pace = { portion: 100, lanes: 2 };

/** Beside a service that answers: a portion takes as long as a millisecond or two of computing. */
const GENTLE: Pace = { portion: 25, lanes: 1 };

/** How many stale employers are looked up in one go. */
const SIGHT = 50_000;

/** So often a service looks who becomes stale within so many days: no list has to wait for them then. */
const LOOK_MS = 3_600_000;
const DAYS_AHEAD = 4;
/** So soon it looks again where the database was away or behind. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Computes anew what lists show of the employers in scope, where what is stored does not reach `today`, was computed
 * on a later day (the clock went back), or under other rules. Nothing is recorded by it.
 */
export async function renewStale(deps: FactDeps, scope: RowFilter, today: Day): Promise<void> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const found = await deps.database.reader.query<{ employer_id: string }>(
    `select e.employer_id from summaries s join employers e on e.employer_id = s.employer_id
     where ${isStale(deps, today, bind)} and ${scope('e', bind)}`,
    values,
  );
  const ids = found.rows.map((row) => row.employer_id);
  await inLanes(ids, AT_ONCE, (portion) => renew(deps, portion, today, { onLocked: 'wait' }));
}

/**
 * The same for one employer that was asked about, so that neither the next question nor a list has to: at once, or not
 * at all where it is being written, or cannot be.
 *
 * @returns whether it was renewed
 */
export async function renewAsked(deps: FactDeps, employerId: string): Promise<boolean> {
  try {
    if (!(await deps.rulesets.ownIsInForce())) return false;
    return (await renew(deps, [employerId], dayOf(deps.clock()), { onLocked: 'pass by' })) > 0;
  } catch (error) {
    deps.log.warn({ employerId, ...describeFailure(error) }, 'a summary was not renewed');
    return false;
  }
}

/**
 * {@link renewStale} of all employers, as after a release with other rules: portion by portion, each committed, so
 * that it can be stopped at any time and goes on where it was. Processes that do it at once share the work, and whoever
 * records facts meanwhile is not waited for: that renews the employer, too. Ends early once other rules are in force.
 *
 * @param options.daysAhead also who is stale on one of so many days to come
 * @param options.onFailed takes what a portion failed with, and the others go on; without it the first one ends all
 * @returns how many employers were renewed
 */
export async function renewAllStale(
  deps: FactDeps,
  pace: Pace,
  {
    signal,
    onRenewed,
    onFailed,
    daysAhead = 0,
  }: {
    signal?: AbortSignal;
    onRenewed?: (renewed: number) => void;
    onFailed?: (error: unknown) => void;
    daysAhead?: number;
  } = {},
): Promise<number> {
  let renewed = 0;
  let last = '00000000-0000-0000-0000-000000000000';
  while (!signal?.aborted && (await deps.rulesets.ownIsInForce())) {
    const today = dayOf(deps.clock());
    const values: unknown[] = [last, SIGHT];
    const bind = (value: unknown) => `$${values.push(value)}`;
    // Where few are stale this looks through a nation's summaries.
    const found = await deps.database.exporter.query<{ employer_id: string }>(
      `select s.employer_id from summaries s where s.employer_id > $1 and ${isStale(deps, today, bind, daysAhead)}
       order by s.employer_id limit $2`,
      values,
    );
    const ids = found.rows.map((row) => row.employer_id);
    if (ids.length === 0) break;
    last = ids.at(-1)!;
    await inLanes(ids, pace, async (portion) => {
      if (signal?.aborted) return;
      try {
        const count = await renew(deps, portion, today, { onLocked: 'pass by', daysAhead });
        renewed += count;
      } catch (error) {
        if (!onFailed) throw error;
        onFailed(error);
      }
      onRenewed?.(renewed);
    });
  }
  return renewed;
}

/**
 * {@link renewAllStale} beside a service that answers meanwhile, as right as ever, if slower, on who is stale: now, and
 * every hour from now on. Whoever asks for persons waits for their ids no longer, either. Returns what ends it.
 */
export function renewInBackground(deps: FactDeps): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Whoever asks for a list renews what it shows.
  const onFailed = (error: unknown) =>
    deps.log.warn(describeFailure(error), 'summaries were not all renewed');
  const look = async (): Promise<number> => {
    // What a database that is behind holds is another process's to renew.
    if (!(await isMigrated(deps.database.pool))) return LOOK_AGAIN_MS;
    const renewed = await renewAllStale(deps, GENTLE, { signal, onFailed, daysAhead: DAYS_AHEAD });
    if (renewed > 0) deps.log.info({ renewed }, 'summaries renewed');
    await numberAllWorkers(deps, signal).catch((error: unknown) =>
      deps.log.warn(describeFailure(error), 'workers were not all given ids'),
    );
    return LOOK_MS;
  };
  const renewing = (async () => {
    while (!signal.aborted) {
      const pauseMs = await look().catch((error: unknown) => {
        onFailed(error);
        return LOOK_AGAIN_MS;
      });
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return async () => {
    stopping.abort();
    await renewing;
  };
}

async function inLanes(
  ids: readonly string[],
  { portion, lanes }: Pace,
  work: (portion: readonly string[]) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < ids.length) {
      const start = next;
      next += portion;
      await work(ids.slice(start, next)).catch((error: unknown) => {
        next = ids.length;
        throw error;
      });
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

async function renew(
  deps: FactDeps,
  employerIds: readonly string[],
  today: Day,
  { onLocked, daysAhead = 0 }: { onLocked: 'wait' | 'pass by'; daysAhead?: number },
): Promise<number> {
  return transaction(deps.database, async (tx) => {
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    // Nothing is lost with it in a crash that would not be computed again.
    await tx.client.query('set local synchronous_commit = off');
    // Asked again under the locks: whoever held them may have renewed these rows.
    // No condition: it would be looked up by its own indexes, among all stale employers for each portion.
    const locked = await tx.client.query<{ employer_id: string; stale: boolean }>(
      `select s.employer_id, ${isStale(deps, today, bind, daysAhead)} as stale from summaries s
       where s.employer_id = any(${bind(uuidArray(employerIds))}::uuid[])
       order by s.employer_id for update ${onLocked === 'wait' ? '' : 'skip locked'}`,
      values,
    );
    const ids = locked.rows.filter(({ stale }) => stale).map((row) => row.employer_id);
    // From all facts: what was ever carried forward wrongly lasts no longer than until nothing was recorded for ten days.
    await renewSummaries(deps, tx, ids);
    return ids.length;
  });
}

/** SQL text: whether lists may not show what is stored of a summary `s`. Ranges, as the index can answer them. */
export function isStale(
  { law }: FactDeps,
  today: Day,
  bind: (value: unknown) => string,
  daysAhead = 0,
): string {
  const version = bind(law.version);
  return `(s.ruleset_version < ${version} or s.ruleset_version > ${version}
           or s.ruleset_version = ${version} and s.stretched_until <= ${bind(addDays(today, daysAhead))}
           or s.ruleset_version = ${version} and s.stretched_until > ${bind(addDays(today, STRETCH_DAYS))})`;
}
