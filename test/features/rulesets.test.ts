import { afterAll, expect, inject, test, vi } from 'vitest';
import { buildApp } from '#src/app.ts';
import { migrate } from '#src/db/index.ts';
import { openDeps } from '#src/deps.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { asAdmin, CLONE_PREFIX, withDatabase } from '#test/setup/database.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';
import { lawWith } from '#test/setup/law-files.ts';

const started: TestApp[] = [];
afterAll(async () => {
  for (const service of started.toReversed()) await service.close();
});

async function start(...[now, lawFiles, beside]: [now?: string, ReturnType<typeof lawWith>?, TestApp?]) {
  const service = await startApp(now, {}, { ...(lawFiles && { lawFiles }), ...(beside && { beside }) });
  started.push(service);
  return service;
}

const RAISED = lawWith({ 'pp-44-2015/jkm/rate': '0.60' });
const PATIENCE_MS = 10_000;
const NOON = '2026-11-20T05:00:00Z';

async function read(service: TestApp, url: string, headers: Record<string, string> = {}) {
  const answer = await service.send({ url, headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

type Parameter = { id: string; title: string; unit: string; values: Record<string, unknown>[] };

/** One parameter of a ruleset. */
async function parameter(service: TestApp, version: string, id: string, language = 'en'): Promise<Parameter> {
  const { parameters } = await read(service, `/v1/rulesets/${version}`, { 'accept-language': language });
  return parameters.find((each: Parameter) => each.id === id);
}

const old = await start();
const employer = await recordEmployer(old, { registeredOn: '2026-08-03' });
const bill = await declareMonth(old, employer.id, '2026-09');
const before = old.deps.clock().toISOString();
const fresh = await start(NOON, RAISED, old);
const versions = { old: old.deps.law.version, fresh: fresh.deps.law.version };
const ledgerUrl = `/v1/employers/${employer.id}/ledger`;

test('rulesets are listed, newest first, with the one in force', async () => {
  const page = await read(fresh, '/v1/rulesets?limit=1');
  expect(page.items).toEqual([{ version: versions.fresh, adoptedAt: expect.any(String), current: true }]);
  const next = await read(fresh, `/v1/rulesets?limit=1&cursor=${page.nextCursor}`);
  expect(next).toEqual({
    items: [
      {
        version: versions.old,
        adoptedAt: expect.any(String),
        supersededAt: page.items[0].adoptedAt,
        current: false,
      },
    ],
    nextCursor: null,
  });
  const csv = await fresh.send({ url: '/v1/rulesets', headers: { accept: 'text/csv' } });
  expect(csv.body.split('\r\n')).toHaveLength(4);
});

test('a ruleset shows every value with its validity, article and source', async () => {
  const ceiling = await parameter(fresh, 'current', 'pp-45-2015/jp/ceiling');
  expect(ceiling).toMatchObject({
    title: 'Wage ceiling of JP',
    unit: 'rupiah',
    payer: 'none',
    confirmedUntil: '2027-02',
  });
  const values = ceiling.values.filter(({ from }) => String(from) >= '2025-03');
  const article = 'PP 45/2015 art. 29(3)-(4)';
  expect(values).toMatchObject([
    { from: '2025-03', until: '2026-02', value: 10_547_400, article, source: { status: 'C1' } },
    {
      from: '2026-03',
      until: null,
      value: 11_086_300,
      text: 'Rp 11,086,300',
      article,
      source: { instrument: 'PP 45/2015' },
    },
  ]);
  const relief = await parameter(fresh, 'current', 'pp-7-2025/jkk/class-i', 'id');
  expect(relief.title).toMatch(/^Iuran JKK/);
  expect(relief.values.at(-1)).toMatchObject({ from: '2026-02', until: null, ended: true });
  expect(relief.values[0]).toMatchObject({ value: expect.stringMatching(/^0\.12/) });
  const due = await parameter(fresh, 'current', 'pp-44-2015/payment/due-day', 'id');
  expect(due.values.at(-1)).toMatchObject({
    value: { day: 15, month: 'following' },
    text: expect.stringMatching(/^tanggal 15 bulan berikutnya\njika bukan hari kerja: /),
    article: 'PP 44/2015 Pasal 21',
  });
  const rounding = await parameter(fresh, 'current', 'policy/rounding', 'id');
  expect(rounding.values.at(-1)).toMatchObject({ article: 'kebijakan Patuh “Pembulatan iuran”' });
  const limits = await parameter(fresh, 'current', 'pp-7-2021/scale/limits');
  expect(limits.values.at(-1)!.value).toMatchObject({ assets: { micro: 1_000_000_000 } });

  const { holidays, reasons, checkPolicies, placementPolicies } = await read(fresh, '/v1/rulesets/current');
  const year2026 = holidays.years.find(({ year }: { year: string }) => year === '2026');
  expect(year2026.nationalHolidays).toContainEqual({ on: '2026-08-17', name: expect.any(String) });
  expect(reasons).toContainEqual(expect.objectContaining({ code: 'ARREARS', article: expect.any(String) }));
  expect(checkPolicies[0].actions.tender_award.non_compliant).toBe('hold');
  expect(placementPolicies[0].findings[0]).toMatchObject({
    finding: 'workers_missing',
    actions: { tender_award: 'hold', inspection: 'proceed_with_conditions' },
    article: 'PP 35/2021 art. 18(3)',
  });
});

test('a ruleset stays readable after another, by its version, and is kept by who has read it', async () => {
  for (const [version, rate] of [
    [versions.old, '0.30'],
    [versions.fresh, '0.60'],
  ] as const) {
    const { values } = await parameter(fresh, version, 'pp-44-2015/jkm/rate');
    expect(values.at(-1)!.value).toBe(rate);
  }
  const url = `/v1/rulesets/${versions.old}`;
  const first = await fresh.send({ url });
  expect(first.headers['cache-control']).toContain('immutable');
  const again = await fresh.send({ url, headers: { 'if-none-match': String(first.headers.etag) } });
  expect(again.statusCode).toBe(304);
  const other = { 'if-none-match': String(first.headers.etag), 'accept-language': 'id' };
  expect((await fresh.send({ url, headers: other })).statusCode).toBe(200);
  const current = await fresh.send({ url: '/v1/rulesets/current' });
  expect(current.headers['cache-control']).toContain('no-cache');
  for (const unknown of ['000000000000', '%00', 'x'.repeat(90)])
    expect((await fresh.send({ url: `/v1/rulesets/${unknown}` })).json()).toMatchObject({
      code: 'not_found',
    });
});

test('two months are compared, in either direction', async () => {
  const compare = async (from: string, to: string) =>
    (await fresh.send({ url: '/v1/rulesets/diff', body: { from, to } })).json();
  const ceiling = 'pp-45-2015/jp/ceiling';
  const of = ({ differences }: { differences: { parameter: string }[] }, id: string) =>
    differences.find((each) => each.parameter === id);

  const march = await compare('2026-02', '2026-03');
  expect(march).toMatchObject({ rulesetVersion: versions.fresh, from: '2026-02', to: '2026-03' });
  expect(of(march, ceiling)).toMatchObject({
    title: 'Wage ceiling of JP',
    unit: 'rupiah',
    from: { state: 'in_force', value: 10_547_400, since: '2025-03', article: 'PP 45/2015 art. 29(3)-(4)' },
    to: { state: 'in_force', value: 11_086_300, since: '2026-03' },
  });
  expect(of(march, 'pp-44-2015/jkm/rate')).toBeUndefined();
  const back = await compare('2026-03', '2026-02');
  expect(of(back, ceiling)).toMatchObject({ from: { value: 11_086_300 }, to: { value: 10_547_400 } });
  expect(of(await compare('2026-03', '2027-03'), ceiling)).toMatchObject({ to: { state: 'not_published' } });
  const relief = of(await compare('2025-01', '2026-02'), 'pp-7-2025/jkk/class-i');
  expect(relief).toMatchObject({ from: { state: 'not_begun' }, to: { state: 'ended', since: '2026-02' } });
  expect((await compare('2026-05', '2026-05')).differences).toEqual([]);
  expect(await compare('2015-06', '2026-05')).toMatchObject({ status: 422, code: 'period_not_covered' });
});

test('a question is answered by the law in force at its knownAt', async () => {
  const verdictUrl = `/v1/employers/${employer.id}/verdict`;
  const now = await read(fresh, verdictUrl);
  const [adoption] = await fresh.deps.rulesets.adoptions().then((all) => all.slice(-1));
  expect(now).toMatchObject({ rulesetVersion: versions.fresh, knownAt: adoption!.adoptedAt });
  expect(now.dataCutoff < before).toBe(true);
  const eve = new Date(Date.parse(now.knownAt) - 1).toISOString();
  expect(await read(fresh, `${verdictUrl}?knownAt=${eve}`)).toMatchObject({ rulesetVersion: versions.old });
  // Nothing was recorded before the first adoption, but who asks gets the first law.
  const rate = async (knownAt: string) => (await fresh.deps.rulesets.at(knownAt)).at('2026-09').jkm.value;
  expect(await rate('2015-01-01T00:00:00.000Z')).toBe(await rate(eve));

  const due = async (query: string) => (await read(fresh, `${ledgerUrl}${query}`)).months[0].due;
  expect(await due(`?knownAt=${before}`)).toBe(bill);
  expect(await due('')).toBe(bill + 12_000);

  const check = await fresh.send({
    url: '/v1/checks',
    body: { subject: { npp: employer.npp }, purpose: 'self', reference: 'X', knownAt: before },
  });
  const { verdict, receipt } = check.json();
  expect(verdict.rulesetVersion).toBe(versions.old);
  const { payload } = (await fresh.send({ url: '/v1/receipts/verify', body: { receipt } })).json();
  expect(payload).toMatchObject({ rulesetVersion: versions.old });
  const remedy = await read(fresh, `/v1/employers/${employer.id}/remedy`);
  expect(remedy.items[0].contributions).toBe(bill + 12_000);
});

test('a process that was overtaken learns of it with the first newer fact', async () => {
  old.setNow(fresh.deps.clock().toISOString());
  await pay(fresh, employer.id, 1, '2026-11-01');
  const now = await read(old, `/v1/employers/${employer.id}/verdict`);
  expect(now.rulesetVersion).toBe(versions.fresh);
  const again = await read(fresh, `/v1/employers/${employer.id}/verdict?knownAt=${now.knownAt}`);
  expect(again).toEqual(now);
});

test('rosters are opened once for each ruleset', async () => {
  const opened = vi.spyOn(fresh.deps.keyRing, 'open');
  const declared = async () => {
    const { id } = await recordEmployer(old, { registeredOn: '2026-08-03' });
    await declareMonth(old, id, '2026-09');
    return id;
  };
  const asked = await declared();
  await read(fresh, `/v1/employers/${asked}/ledger`);
  expect(opened).toHaveBeenCalledTimes(1);
  for (const what of ['ledger', 'verdict', 'declarations'])
    await read(fresh, `/v1/employers/${asked}/${what}`);
  expect(opened).toHaveBeenCalledTimes(1);

  const paid = await declared();
  await pay(fresh, paid, 1, '2026-11-01');
  expect(opened).toHaveBeenCalledTimes(2);
  await read(fresh, `/v1/employers/${paid}/ledger`);
  expect(opened).toHaveBeenCalledTimes(2);

  // What was declared since is no matter of the law before.
  await declareMonth(fresh, employer.id, '2026-10');
  await read(fresh, `${ledgerUrl}?knownAt=${before}`);
  expect(opened).toHaveBeenCalledTimes(2);
  opened.mockRestore();
});

test('a process is not ready once another has adopted another law, until it is taken up again', async () => {
  const ready = async (service: TestApp) => service.app.inject({ url: '/health/ready' });
  expect((await ready(fresh)).statusCode).toBe(200);
  const overtaken = await ready(old);
  expect(overtaken.json()).toMatchObject({ code: 'unavailable', detail: /another ruleset/ });
  expect(overtaken.headers['retry-after']).toBeDefined();

  await Promise.all([start(NOON, lawWith({}), old), start(NOON, lawWith({}), old)]);
  const knownAt = fresh.deps.clock().toISOString();
  const overtaking = await read(fresh, `/v1/employers/${employer.id}/verdict?knownAt=${knownAt}`);
  expect(overtaking.rulesetVersion).toBe(versions.old);
  const { items } = await read(old, '/v1/rulesets');
  const listed = items.map(({ version }: { version: string }) => version);
  expect(listed).toEqual([versions.old, versions.fresh, versions.old]);
  expect((await ready(old)).statusCode).toBe(200);
  expect((await ready(fresh)).statusCode).toBe(503);
});

test('an adoption waits for facts that are being recorded, and is later than they', async () => {
  const service = await start();
  const { id } = await recordEmployer(service);
  const client = await service.deps.database.pool.connect();
  await client.query('begin');
  await client.query('select from summaries where employer_id = $1 for update', [id]);
  const later = '2030-01-01T00:00:00.000Z';
  const next = start(NOON, RAISED, service);
  const waiting = `select from pg_locks l join pg_database d on d.oid = l.database
                   where not l.granted and d.datname = current_database()`;
  await vi.waitFor(
    async () => expect((await service.deps.database.pool.query(waiting)).rowCount).toBe(1),
    PATIENCE_MS,
  );
  await client.query('update summaries set last_recorded_at = $1', [later]);
  await client.query('commit');
  client.release();
  const adoptions = await (await next).deps.rulesets.adoptions();
  expect(adoptions.at(-1)!.adoptedAt).toBe('2030-01-01T00:00:00.001Z');
});

test('a service that starts before its database is migrated adopts its law once it can', async () => {
  const name = `${CLONE_PREFIX}unmigrated`;
  const databaseUrl = withDatabase(inject('adminUrl'), name);
  await asAdmin(inject('adminUrl'), (client) => client.query(`create database ${name}`));
  const deps = await openDeps(old.deps.config, { databaseUrl, log: old.deps.log, clock: old.deps.clock });
  const app = await buildApp(deps);
  try {
    const behind = await app.inject({ url: '/health/ready' });
    expect(behind.json()).toMatchObject({ status: 503, detail: /not migrated/ });
    await migrate(databaseUrl);
    const listed = await app.inject({
      url: '/v1/rulesets',
      headers: { authorization: `Bearer ${await old.token()}` },
    });
    expect(listed.json().items).toMatchObject([{ version: deps.law.version, current: true }]);
    expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
  } finally {
    await app.close();
    await deps.database.close();
    await asAdmin(inject('adminUrl'), (client) => client.query(`drop database ${name} with (force)`));
  }
});
