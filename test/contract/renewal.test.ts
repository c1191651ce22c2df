import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '#src/db/index.ts';
import { addDays, dayOf } from '#src/domain/civil.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import { openRoster, renewAllStale, renewInBackground, renewSummaries } from '#src/facts/index.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { lawWith } from '#test/setup/law-files.ts';
import { RandomHistory, randomFrom } from './random-history.ts';
import { expectSummaries } from './summaries.ts';

/** Another one is tried with `SEED=…`; the names of the tests say which it was. */
const SEED = Number(process.env.SEED ?? 20_261_121);
const STEPS = 300;
/** Small enough for several portions in each of several lanes. */
const PACE = { portion: 2, lanes: 3 };
const OTHER_RULES = { 'pp-44-2015/jkm/rate': '0.40', 'pp-44-2015/payment/late-charge': '3' };

let old: TestApp;
let fresh: TestApp;
beforeAll(async () => {
  old = await startApp('2026-01-20T03:00:00Z');
  const history = new RandomHistory(old, randomFrom(SEED), await old.token({ sub: 'inspector-2' }));
  for (let step = 0; step < STEPS; step += 1) await history.step();
  const now = old.deps.clock().toISOString();
  fresh = await startApp(now, {}, { lawFiles: lawWith(OTHER_RULES), beside: old });
});
afterAll(async () => {
  await fresh?.close();
  await old?.close();
});

async function rows<Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await fresh.deps.database.pool.query(text, values)).rows as Row[];
}

/** All that is derived under the rules of the fresh service. */
async function derived(): Promise<unknown[]> {
  return Promise.all([
    rows('select * from summaries order by employer_id'),
    rows('select * from stretches order by employer_id, from_on'),
    rows('select * from sanction_terms order by employer_id, sanction_id, sequence'),
    rows('select * from assessments where ruleset_version = $1 order by employer_id, declaration_id', [
      fresh.deps.law.version,
    ]),
  ]);
}

async function employerIds(): Promise<string[]> {
  const found = await rows<{ employer_id: string }>('select employer_id from employers order by employer_id');
  return found.map(({ employer_id }) => employer_id);
}

/** Takes back what was computed under the rules of the fresh service. */
async function forget(): Promise<void> {
  await rows('delete from assessments where ruleset_version = $1', [fresh.deps.law.version]);
  await rows("update summaries set ruleset_version = ''");
}

test(`new rules renew all employers, each as if it were alone (seed ${SEED})`, async () => {
  const ids = await employerIds();
  expect(ids.length).toBeGreaterThan(PACE.portion * PACE.lanes);
  const before = await rows('select * from stretches order by employer_id, from_on');

  expect(await renewAllStale(fresh.deps, PACE)).toBe(ids.length);
  await expectSummaries(fresh.deps);
  const atOnce = await derived();
  expect(atOnce[1]).not.toEqual(before);

  await forget();
  for (const id of ids) {
    await transaction(fresh.deps.database, (tx) => renewSummaries(fresh.deps, tx, [id]));
  }
  expect(await derived()).toEqual(atOnce);
});

test(`every roster is assessed under the new rules, line by line (seed ${SEED})`, async () => {
  const { law, keyRing } = fresh.deps;
  const found = await rows<{
    employer_id: string;
    declaration_id: string;
    period: string;
    roster: Buffer;
    amounts: unknown;
    coverage: unknown;
  }>(
    `select d.employer_id, d.declaration_id, d.period, d.roster, a.amounts, a.coverage
     from declarations d
     left join assessments a on a.employer_id = d.employer_id and a.declaration_id = d.declaration_id
                            and a.ruleset_version = $1`,
    [law.version],
  );
  expect(found.length).toBeGreaterThan(20);
  for (const { employer_id: employerId, declaration_id: declarationId, period, roster, ...kept } of found) {
    const lines = openRoster(keyRing, { employerId, declarationId }, roster);
    const { assessments, coverage } = rosterSums(law, period, lines);
    expect(kept).toEqual({ amounts: assessments, coverage });
  }
});

test('what lists show is left alone where other rules do not change it', async () => {
  const places = () => rows('select ctid, employer_id, from_on from stretches order by employer_id, from_on');
  const before = await places();
  await forget();
  expect(await renewAllStale(fresh.deps, PACE)).toBe((await employerIds()).length);
  expect(await places()).toEqual(before);
});

test('processes that renew at once share the work', async () => {
  await forget();
  const renewed = await Promise.all([1, 2].map(() => renewAllStale(fresh.deps, PACE)));
  expect(renewed[0]! + renewed[1]!).toBe((await employerIds()).length);
  await expectSummaries(fresh.deps);
});

test('renewing that was stopped goes on where it was', async () => {
  await forget();
  const stopping = new AbortController();
  const first = await renewAllStale(
    fresh.deps,
    { portion: 2, lanes: 1 },
    { signal: stopping.signal, onRenewed: () => stopping.abort() },
  );
  expect(first).toBe(2);
  const ids = await employerIds();
  expect(await renewAllStale(fresh.deps, PACE)).toBe(ids.length - first);
  expect(await renewAllStale(fresh.deps, PACE)).toBe(0);
});

test('an employer about whom facts are being recorded is not waited for', async () => {
  await forget();
  const ids = await employerIds();
  const left = await transaction(fresh.deps.database, async (tx) => {
    await tx.client.query('select 1 from summaries where employer_id = $1 for update', [ids[0]]);
    return ids.length - (await renewAllStale(fresh.deps, PACE));
  });
  expect(left).toBe(1);
  expect(await renewAllStale(fresh.deps, PACE)).toBe(1);
});

test('who will be stale in some days is renewed before a list waits for it', async () => {
  const ids = await employerIds();
  const today = dayOf(fresh.deps.clock());
  const { pool } = fresh.deps.database;
  await pool.query('update summaries set stretched_until = $2 where employer_id = $1', [
    ids[0],
    addDays(today, 3),
  ]);
  expect(await renewAllStale(fresh.deps, PACE, { daysAhead: 2 })).toBe(0);
  expect(await renewAllStale(fresh.deps, PACE, { daysAhead: 3 })).toBe(1);
  await expectSummaries(fresh.deps);
});

test('an employer that cannot be renewed does not keep the others from it', async () => {
  await forget();
  const ids = await employerIds();
  const { pool } = fresh.deps.database;
  await pool.query(`create function refuse_one() returns trigger language plpgsql as $$
    begin
      raise exception 'refused';
    end $$`);
  await pool.query(
    `create trigger refuse before update on summaries for each row when (old.employer_id = '${ids[0]}')
     execute function refuse_one()`,
  );
  const failures: unknown[] = [];
  const onFailed = (error: unknown) => failures.push(error);
  await expect(renewAllStale(fresh.deps, { portion: 1, lanes: 2 })).rejects.toThrow('refused');
  await renewAllStale(fresh.deps, { portion: 1, lanes: 2 }, { onFailed });
  expect(failures).toHaveLength(1);
  expect(await rows("select from summaries where ruleset_version = ''")).toHaveLength(1);
  await pool.query('drop trigger refuse on summaries');
  expect(await renewAllStale(fresh.deps, PACE)).toBe(1);
});

test('a service whose database is behind leaves its summaries alone', async () => {
  await forget();
  const behind = 'drizzle.__drizzle_migrations';
  const kept = await rows(`select * from ${behind} order by id desc limit 1`);
  await rows(`delete from ${behind} where id = $1`, [kept[0]!.id]);
  const end = renewInBackground(fresh.deps);
  // Long enough for all of them.
  await delay(300);
  await end();
  const stale = "select from summaries where ruleset_version = ''";
  expect(await rows(stale)).toHaveLength((await employerIds()).length);

  await rows(`insert into ${behind} select * from jsonb_populate_record(null::${behind}, $1)`, [kept[0]]);
  const ended = renewInBackground(fresh.deps);
  await expect.poll(() => rows(stale)).toHaveLength(0);
  await ended();
});

test('a process that was overtaken renews nothing', async () => {
  await forget();
  expect(await renewAllStale(old.deps, PACE)).toBe(0);
  expect(await rows("select from summaries where ruleset_version = ''")).toHaveLength(
    (await employerIds()).length,
  );
});
