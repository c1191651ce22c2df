import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openImports, Upload } from '#src/imports/index.ts';
import {
  employerFile,
  factCounts,
  INSPECTOR,
  imported,
  newestImport,
  ROSTER_HEADER,
  rosterLine,
} from '#test/features/imports.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';

let service: TestApp;
beforeAll(async () => {
  service = await startApp();
});
afterAll(() => service.close());

const ROSTERS = { kind: 'rosters', format: 'csv', actor: INSPECTOR } as const;

function file(lines: Iterable<string>): Upload {
  return new Upload(Readable.from(lines, { objectMode: true }).map((line) => Buffer.from(`${line}\n`)));
}

async function stateOf(importId: string) {
  const found = await service.deps.database.pool.query('select * from imports where import_id = $1', [
    importId,
  ]);
  return found.rows[0];
}

async function runsLeft(): Promise<number> {
  return (await service.deps.database.pool.query('select count(*) from roster_runs')).rows[0].count;
}

async function rejectionsStored(importId: string): Promise<number> {
  const sql = 'select count(*) from import_rejections where import_id = $1';
  return (await service.deps.database.pool.query(sql, [importId])).rows[0].count;
}

const newest = () => newestImport(service);

const npps = (count: number) => Array.from({ length: count }, (_, index) => `M${1000 + index}`);

test('groups that are scattered over more lines than memory holds come together again', async () => {
  const employers = npps(1_000);
  await imported(service, 'employers', employerFile(employers));
  const periods = ['2026-08', '2026-09', '2026-10'];
  // Worker by worker over all groups: no two lines of a group stand together.
  const lines = [1, 2, 3].flatMap((worker) =>
    periods.flatMap((periode) =>
      employers.map((npp) =>
        rosterLine(npp, worker, { periode, ...(npp === 'M1500' && worker === 2 && { upah: '0' }) }),
      ),
    ),
  );
  const before = await factCounts(service);
  const imports = openImports(service.deps, { heldLines: 1_000 });
  const { importId, ended } = await imports.receive(ROSTERS, file([ROSTER_HEADER, ...lines]));
  expect(await runsLeft()).toBeGreaterThan(3_000);
  await ended;
  expect(await stateOf(importId)).toMatchObject({
    state: 'succeeded',
    lines_read: 9_000,
    groups_accepted: 2_997,
    groups_rejected: 3,
    lines_rejected: 9,
  });
  expect(await runsLeft()).toBe(0);
  const after = await factCounts(service);
  expect(after.declarations! - before.declarations!).toBe(2_997);
  const headcounts = await service.deps.database.pool.query('select distinct headcount from declarations');
  expect(headcounts.rows).toEqual([{ headcount: 3 }]);
});

test('two imports over the same employers both come to their end', async () => {
  const employers = npps(300);
  await imported(service, 'employers', employerFile(employers));
  const lines = (wage: string, order: readonly string[]) => [
    ROSTER_HEADER,
    ...order.flatMap((npp) =>
      [1, 2].map((worker) => rosterLine(npp, worker, { upah: wage, periode: '2026-07' })),
    ),
  ];
  const imports = openImports(service.deps);
  const employerOrder = { ...ROSTERS, kind: 'employers' } as const;
  const all = await Promise.all([
    imports.receive(ROSTERS, file(lines('4000000', employers))),
    imports.receive(ROSTERS, file(lines('5000000', employers.toReversed()))),
    imports.receive(employerOrder, file([employerFile([...employers, 'NEW01'])])),
    imports.receive(employerOrder, file([employerFile(['NEW01', ...employers.toReversed()])])),
  ]);
  await Promise.all(all.map(({ ended }) => ended));
  for (const { importId } of all) {
    expect(await stateOf(importId)).toMatchObject({ state: 'succeeded', lines_rejected: 0 });
  }
});

test('an upload that stalls fails, and nothing of it is applied or kept', async () => {
  const before = await factCounts(service);
  const stalled = new Readable({ read() {} });
  stalled.push(`${ROSTER_HEADER}\n${rosterLine('M1000', 7, { periode: '2026-06' })}\n`);
  const imports = openImports(service.deps, { heldLines: 1 });
  await expect(imports.receive(ROSTERS, new Upload(stalled, { idleMs: 50 }))).rejects.toThrow(
    'upload_aborted',
  );
  expect(await newest()).toMatchObject({ state: 'failed', error: { code: 'upload_aborted' } });
  expect(await factCounts(service)).toEqual(before);
  expect(await runsLeft()).toBe(0);
});

test('an import whose process is gone has failed', async () => {
  const imports = openImports(service.deps);
  const open = new Readable({ read() {} });
  const received = imports.receive(ROSTERS, new Upload(open));
  const received2 = received.catch((error: Error) => error);
  open.push(`${ROSTER_HEADER}\n`);
  await expect.poll(newest).toMatchObject({ state: 'running' });
  // The session that holds the lock ends as that of a killed process does.
  await service.deps.database.pool.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  await expect.poll(newest).toMatchObject({ state: 'failed', error: { code: 'interrupted' } });
  expect(await received2).toMatchObject({ message: 'unavailable' });
});

test('a service that stops waits for its imports', async () => {
  const imports = openImports(service.deps);
  const lines = npps(20).map((npp) => rosterLine(npp, 8, { periode: '2026-04' }));
  const { importId } = await imports.receive(ROSTERS, file([ROSTER_HEADER, ...lines]));
  await imports.drain();
  expect(await stateOf(importId)).toMatchObject({ state: 'succeeded', error: null });
});

test('a service that cannot wait interrupts its imports between chunks, and takes no more', async () => {
  const imports = openImports(service.deps, { patienceMs: 0 });
  const lines = npps(1_000).map((npp) => rosterLine(npp, 8, { periode: '2026-05' }));
  const { importId, ended } = await imports.receive(ROSTERS, file([ROSTER_HEADER, ...lines]));
  await imports.drain();
  await ended;
  const { state, error, lines_accepted } = await stateOf(importId);
  expect({ state, error }).toEqual({ state: 'failed', error: { code: 'interrupted', detail: '' } });
  const declared = await service.deps.database.pool.query(
    'select count(*) from declarations where import_id = $1',
    [importId],
  );
  expect(lines_accepted).toBe(declared.rows[0].count);
  expect(lines_accepted).toBeLessThan(1_000);
  await expect(imports.receive(ROSTERS, file([]))).rejects.toThrow('unavailable');
});

test('uploads of one client that do not move leave room for those of others', async () => {
  const imports = openImports(service.deps);
  const stalled = Array.from({ length: 4 }, () => new Readable({ read() {} }));
  const own = stalled.map((each) => imports.receive(ROSTERS, new Upload(each)).catch(() => {}));
  await expect(imports.receive(ROSTERS, file([ROSTER_HEADER]))).rejects.toThrow('unavailable');
  const actor = { ...INSPECTOR, client: 'cli:another' };
  const { ended } = await imports.receive({ ...ROSTERS, actor }, file([ROSTER_HEADER]));
  await ended;
  for (const each of stalled) each.destroy();
  await Promise.all(own);
  const again = await imports.receive(ROSTERS, file([ROSTER_HEADER]));
  await again.ended;
});

test('uploads that hardly move leave room for others, up to a number of them', async () => {
  const imports = openImports(service.deps);
  const actorOf = (client: number) => ({ ...INSPECTOR, client: `cli:${client}` });
  const stalled: Readable[] = [];
  const received: Promise<unknown>[] = [];
  const stall = (client: number) => {
    const file = new Readable({ read() {} });
    file.push(`${ROSTER_HEADER}\n`);
    stalled.push(file);
    const order = { ...ROSTERS, actor: actorOf(client) };
    received.push(imports.receive(order, new Upload(file)).catch(() => {}));
  };
  const another = () => imports.receive({ ...ROSTERS, actor: actorOf(99) }, file([ROSTER_HEADER]));
  const slots = 16;
  for (let each = 0; each < slots; each += 1) stall(Math.floor(each / 4));
  await expect(another()).rejects.toThrow('unavailable');
  for (let open = slots; open < 64; open += slots) {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await (await another()).ended;
    for (let each = open; each < open + slots; each += 1) stall(Math.floor(each / 4));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await expect(another()).rejects.toThrow('unavailable');
  for (const each of stalled) each.destroy();
  await Promise.all(received);
  await (await another()).ended;
});

test('a service that stops ends uploads that are only read for their digest', async () => {
  const imports = openImports(service.deps, { patienceMs: 50 });
  const open = new Upload(new Readable({ read() {} }));
  const discarded = imports.discard(open).catch((error: Error) => error);
  await imports.drain();
  expect(await discarded).toMatchObject({ message: 'unavailable' });
});

test('a file of faults is counted to its end, and not all of it named', async () => {
  await imported(service, 'employers', employerFile(['FAULT1']));
  const lines = [
    ...Array.from({ length: 130_001 }, () => rosterLine('FAULT1', 1)),
    ...Array.from({ length: 1_200 }, (_, index) => rosterLine('NOBODY', index + 1, { periode: '2026-09' })),
  ];
  const imports = openImports(service.deps);
  const whole = await imports.receive(ROSTERS, file([[ROSTER_HEADER, ...lines].join('\n')]));
  await whole.ended;
  expect(await stateOf(whole.importId)).toMatchObject({ state: 'succeeded', lines_rejected: 131_201 });
  expect(await rejectionsStored(whole.importId)).toBe(100_000);

  const group = await imports.receive(ROSTERS, file([ROSTER_HEADER, ...lines.slice(130_001)]));
  await group.ended;
  expect(await stateOf(group.importId)).toMatchObject({ state: 'succeeded', lines_rejected: 1_200 });
  expect(await rejectionsStored(group.importId)).toBe(1_000);

  const keys = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`x${index}`, 1]));
  const line = await imports.receive({ ...ROSTERS, format: 'ndjson' }, file([JSON.stringify(keys)]));
  await line.ended;
  expect(await rejectionsStored(line.importId)).toBe(20);
});
