import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'patuh-crash-'));
const env = { ...process.env, PATUH_DATA_DIR: folder, PATUH_SAMPLE: 'off', PORT: '0', LOG_LEVEL: 'warn' };
const SCOPE = 'registry:read registry:write declarations:write payments:write compliance:read';
const EMPLOYERS = 150;
const WORKERS = 200;

let service: { child: ChildProcess; address: string };
let token: string;

async function start() {
  const child = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listens on (http\S+)/.exec(line)?.[1];
    if (address) return { child, address };
  }
  throw new Error('the service ended before it listened');
}

async function crash() {
  const exit = once(service.child, 'exit');
  service.child.kill('SIGKILL');
  await exit;
  service = await start();
}

function call(path: string, init: RequestInit & { type?: string } = {}) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': init.type ?? 'application/json' };
  return fetch(`${service.address}${path}`, { ...init, headers });
}

const npp = (index: number) => `CR${String(index).padStart(6, '0')}`;

beforeAll(async () => {
  service = await start();
  const args = ['src/cli/patuh.ts', 'token', '--agency', 'uji', '--scope', SCOPE, '--regions', '34'];
  token = spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout.trim();
  const lines = Array.from(
    { length: EMPLOYERS },
    (_, index) => `${npp(index)},PT Uji ${index},private,small,34.01,2026-01-05`,
  );
  const file = `npp,nama,jenis,skala,kode_wilayah,terdaftar\n${lines.join('\n')}\n`;
  expect(await importFile('employers', file)).toMatchObject({ state: 'succeeded', linesAccepted: EMPLOYERS });
});

afterAll(async () => {
  const exit = once(service.child, 'exit');
  service.child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
  rmSync(folder, { recursive: true, force: true });
});

async function sendFile(kind: string, file: string): Promise<string> {
  const accepted = await call(`/v1/imports?kind=${kind}`, { method: 'POST', body: file, type: 'text/csv' });
  expect(accepted.status).toBe(202);
  return accepted.headers.get('location')!;
}

async function importFile(kind: string, file: string) {
  const location = await sendFile(kind, file);
  for (;;) {
    const state = (await (await call(location)).json()) as { state: string };
    if (state.state !== 'running') return state;
  }
}

test('every acknowledged payment survives a kill in the middle of a burst', async () => {
  const acknowledged = new Map<string, string>();
  let sent = 0;
  const killed = Promise.withResolvers<void>();
  const client = async () => {
    for (;;) {
      const reference = `burst-${sent++}`;
      const body = { employer: `npp:${npp(sent % 5)}`, amount: 1000 + sent, paidOn: '2026-03-02', reference };
      const answer = await call('/v1/payments', { method: 'POST', body: JSON.stringify(body) }).catch(
        () => undefined,
      );
      if (answer?.status !== 201) return;
      const payment = (await answer.json().catch(() => undefined)) as { id: string } | undefined;
      if (!payment) return;
      acknowledged.set(reference, payment.id);
      if (acknowledged.size === 200) {
        service.child.kill('SIGKILL');
        killed.resolve();
      }
    }
  };
  const exit = once(service.child, 'exit');
  await Promise.all([...Array.from({ length: 8 }, client), killed.promise, exit]);
  service = await start();

  const found = new Map<string, string>();
  for (let index = 0; index < 5; index += 1) {
    let path: string | null = `/v1/employers/npp:${npp(index)}/payments?limit=200`;
    while (path) {
      const page = (await (await call(path)).json()) as {
        items: { reference: string; id: string }[];
        nextCursor: string | null;
      };
      for (const { reference, id } of page.items) found.set(reference, id);
      path =
        page.nextCursor && `/v1/employers/npp:${npp(index)}/payments?limit=200&cursor=${page.nextCursor}`;
    }
  }
  for (const [reference, id] of acknowledged) expect(found.get(reference)).toBe(id);
});

test('a killed import says that it failed, leaves no half group, and can be sent again', async () => {
  const lines: string[] = [];
  for (let employer = 0; employer < EMPLOYERS; employer += 1) {
    for (let worker = 1; worker <= WORKERS; worker += 1) {
      const serial = String(worker).padStart(4, '0');
      lines.push(
        `${npp(employer)},2026-02,340101120690${serial},Pekerja ${worker},1990-06-12,3000000,JKK|JKM|JHT`,
      );
    }
  }
  const file = `npp,periode,nik,nama,tgl_lahir,upah,program\n${lines.join('\n')}\n`;
  const location = await sendFile('rosters', file);
  const before = (await (await call(location)).json()) as { state: string };
  expect(before.state).toBe('running');
  await crash();

  expect(await (await call(location)).json()).toMatchObject({
    state: 'failed',
    error: { code: 'interrupted' },
  });
  for (const headcount of await headcounts()) expect([0, WORKERS]).toContain(headcount);
  expect(await importFile('rosters', file)).toMatchObject({ state: 'succeeded', groupsAccepted: EMPLOYERS });
  expect(await headcounts()).toEqual(Array.from({ length: EMPLOYERS }, () => WORKERS));
});

async function headcounts(): Promise<number[]> {
  const counts: number[] = [];
  for (let index = 0; index < EMPLOYERS; index += 1) {
    const list = (await (await call(`/v1/employers/npp:${npp(index)}/declarations`)).json()) as {
      items: { period: string; headcount: number }[];
    };
    const declared = list.items.filter(({ period }) => period === '2026-02');
    expect(declared.length).toBeLessThan(2);
    counts.push(declared[0]?.headcount ?? 0);
  }
  return counts;
}
