import { afterAll, beforeAll, expect, test } from 'vitest';
import { numberAllWorkers, renewInBackground } from '#src/facts/index.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { employerFile, imported, ROSTER_HEADER, rosterLine } from './imports.ts';

/** More than are numbered when they are recorded. */
const MANY = 1_001;

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
  await imported(
    service,
    'employers',
    employerFile(['EARLY', 'LATE1', 'BACK1', 'SEEN1', 'ASKED', 'BORN1', 'HELD1', 'HURT1', 'HURT2', 'HURT3']),
  );
});
afterAll(() => service.close());

const count = async (table: string, npp: string) =>
  (
    await service.deps.database.pool.query(
      `select count(*)::int as rows from ${table} join employers using (employer_id) where npp = $1`,
      [npp],
    )
  ).rows[0].rows;

/** Declares so many workers in a file, the first of them with this number. */
async function declareMany(npp: string, first = 1, changes: Record<string, string> = {}): Promise<void> {
  const lines = Array.from({ length: MANY }, (_, index) => rosterLine(npp, first + index, changes));
  const result = await imported(service, 'rosters', [ROSTER_HEADER, ...lines].join('\n'));
  expect(result).toMatchObject({ state: 'succeeded', linesAccepted: MANY });
}

/** The NIKs of an employer's workers by their ids, read page by page. */
async function listed(npp: string): Promise<Map<string, string>> {
  const token = await service.token({ sub: 'lister', scopes: ['workers:identify'] });
  const niks = new Map<string, string>();
  for (let url = `/v1/employers/npp:${npp}/workers?purpose=berkas-1&limit=200`; url; ) {
    const page = (await service.send({ url, token })).json();
    for (const { id, nik } of page.items) niks.set(id, nik);
    url = page.nextCursor
      ? `/v1/employers/npp:${npp}/workers?purpose=berkas-1&limit=200&cursor=${page.nextCursor}`
      : '';
  }
  return niks;
}

test('many workers get their ids when they are asked for, few at once, and everybody keeps one', async () => {
  await declareMany('LATE1');
  expect(await count('workers', 'LATE1')).toBe(0);
  const first = await listed('LATE1');
  expect(first.size).toBe(MANY);
  expect(new Set(first.values()).size).toBe(MANY);
  expect(await count('unnumbered_declarations', 'LATE1')).toBe(0);

  // Half of them are known.
  await declareMany('LATE1', 501, { periode: '2026-09' });
  expect(await count('unnumbered_declarations', 'LATE1')).toBe(1);
  const few = [ROSTER_HEADER, rosterLine('LATE1', 1_400), rosterLine('LATE1', 1_600)].join('\n');
  await imported(service, 'rosters', few.replaceAll('2026-10', '2026-08'));
  // Nobody waits for those whom others declared.
  expect(await count('unnumbered_declarations', 'LATE1')).toBe(1);
  expect(await count('workers', 'LATE1')).toBe(MANY + 2);
  const after = await listed('LATE1');
  expect(after.size).toBe(1_502);
  for (const [id, nik] of first) expect(after.get(id)).toBe(nik);
});

test('who asks at the same moment, while more is declared, finds one id for each', async () => {
  await declareMany('ASKED');
  await Promise.all(Array.from({ length: 4 }, () => numberAllWorkers(service.deps)));
  expect(await count('workers', 'ASKED')).toBe(MANY);
  const declaring = declareMany('ASKED', 901, { periode: '2026-09' });
  const [one, other] = await Promise.all([listed('ASKED'), listed('ASKED')]);
  await declaring;
  const whole = await listed('ASKED');
  expect(whole.size).toBe(1_901);
  for (const part of [one, other]) {
    expect(part.size).toBeGreaterThanOrEqual(MANY);
    for (const [id, nik] of part) expect(whole.get(id)).toBe(nik);
  }
  expect(await count('workers', 'ASKED')).toBe(1_901);
});

test('however many ask for workers of an employer that somebody writes to, others are answered', async () => {
  await declareMany('HELD1', 8_000);
  const token = await service.token({ sub: 'asker', scopes: ['workers:read', 'reports:read'] });
  const client = await service.deps.database.pool.connect();
  await client.query('begin');
  await client.query(`select from summaries join employers using (employer_id) where npp = 'HELD1'
                      for update of summaries`);
  const urls = [
    '/v1/employers/npp:HELD1/workers?purpose=berkas-5&limit=1',
    '/v1/reports/cross-checks/duplicate-workers?period=2026-09&purpose=berkas-5&limit=1',
  ];
  const asked = urls.flatMap((url) => Array.from({ length: 12 }, () => service.send({ url, token })));
  for (let index = 0; index < 20; index += 1) {
    const other = await service.send({ url: '/v1/employers/npp:EARLY' });
    expect(other.statusCode).toBe(200);
  }
  expect(await count('workers', 'HELD1')).toBe(0);
  await client.query('rollback');
  client.release();
  for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(200);
  expect(await count('workers', 'HELD1')).toBe(MANY);
});

test('workers of several employers are found and named among those whom nobody asked for before', async () => {
  await declareMany('EARLY', 3_000);
  await declareMany('BACK1', 4_000);
  const token = await service.token({ sub: 'reporter', scopes: ['reports:read', 'workers:read'] });
  const url = '/v1/reports/cross-checks/duplicate-workers?period=2026-10&purpose=berkas-2&limit=200';
  const { items } = (await service.send({ url, token })).json();
  const shared = items.filter(({ employer }: { employer: { legalName: string } }) =>
    ['PT EARLY', 'PT BACK1'].includes(employer.legalName),
  );
  // The last of the one is the first of the other.
  expect(shared.map(({ workerIds }: { workerIds: string[] }) => workerIds.length)).toEqual([1, 1]);
});

test('workers whom a cross-check shows are named although nobody asked for them before', async () => {
  await declareMany('BORN1', 7_000, { tgl_lahir: '1991-05-12' });
  const token = await service.token({ sub: 'reporter', scopes: ['reports:read', 'workers:read'] });
  const url = '/v1/reports/cross-checks/nik-contradictions?period=2026-10&purpose=berkas-4';
  const { items } = (await service.send({ url, token })).json();
  expect(items[0].employer.legalName).toBe('PT BORN1');
  expect(items[0].workers).toBe(MANY);
  expect(new Set(items[0].workerIds).size).toBe(50);
});

test('whom evidence saw is told by the ids of workers whom nobody asked for before', async () => {
  await declareMany('SEEN1', 5_000);
  const evidence = {
    employer: 'npp:SEEN1',
    kind: 'wlkp_report',
    observedOn: '2026-10-05',
    workers: [{ nik: '3401011205905000' }, { nik: '3401011205909999' }],
  };
  const employer = (await service.send({ url: '/v1/employers/npp:SEEN1' })).json().id;
  const sent = await service.send({ url: '/v1/evidence', body: { ...evidence, employer } });
  expect(sent.statusCode).toBe(201);
  const token = await service.token({ sub: 'seer', scopes: ['workers:read', 'compliance:read'] });
  const url = `/v1/evidence/${sent.json().id}/workers?purpose=berkas-3`;
  expect((await service.send({ url, token })).statusCode).toBe(200);
  const read = await service.deps.database.pool.query(
    `select r.worker_ids from personal_data_reads r where sub = 'seer'`,
  );
  expect(read.rows).toEqual([{ worker_ids: [expect.any(String)] }]);
});

test('a service numbers workers beside its work', async () => {
  await declareMany('BACK1', 6_000, { periode: '2026-09' });
  expect(await count('unnumbered_declarations', 'BACK1')).toBe(1);
  const end = renewInBackground(service.deps);
  await expect.poll(() => count('unnumbered_declarations', 'BACK1')).toBe(0);
  await end();
  expect(await count('workers', 'BACK1')).toBe(2 * MANY);
});

test('a roster that nobody can open keeps those before and behind it from nothing', async () => {
  for (const npp of ['HURT1', 'HURT2', 'HURT3']) await declareMany(npp);
  // As a disk may.
  const client = await service.deps.database.pool.connect();
  await client.query('set session_replication_role = replica');
  await client.query(
    `update declarations set roster = set_byte(roster, 40, 255 - get_byte(roster, 40))
     where employer_id = (select employer_id from employers where npp = 'HURT2')`,
  );
  client.release(true);
  await numberAllWorkers(service.deps);
  expect(await count('workers', 'HURT1')).toBe(MANY);
  expect(await count('workers', 'HURT2')).toBe(0);
  expect(await count('workers', 'HURT3')).toBe(MANY);
  expect(await count('unnumbered_declarations', 'HURT2')).toBe(1);
  expect(service.logs()).toContain('"code":"sealed_not_authentic","msg":"a roster cannot be opened"');
  const asked = await service.send({ url: '/v1/employers/npp:HURT2/workers?purpose=berkas-8' });
  expect(asked.statusCode).toBe(500);
});
