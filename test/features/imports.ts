import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Actor } from '#src/http/actor.ts';
import type { TestApp } from '#test/setup/app.ts';

/** The tables that an import may write facts to, with how many rows each has. */
export async function factCounts(service: TestApp): Promise<Record<string, number>> {
  const tables = [
    'employers',
    'employer_changes',
    'employer_identifiers',
    'declarations',
    'assessments',
    'workers',
    'payments',
    'payment_references',
    'summaries',
  ];
  const counts = await Promise.all(
    tables.map((table) => service.deps.database.pool.query(`select count(*) from ${table}`)),
  );
  return Object.fromEntries(tables.map((table, index) => [table, counts[index]!.rows[0].count]));
}

/** A sample file by its name. */
export function sample(name: string): Buffer {
  return readFileSync(new URL(`../data/kulon-progo/${name}.csv`, import.meta.url));
}

export const ROSTER_HEADER = 'npp,periode,nik,nama,tgl_lahir,upah,program';

/** A line of a roster file; `worker` numbers the person. */
export function rosterLine(npp: string, worker: number, changes: Record<string, string> = {}): string {
  const nik = `340101120590${String(worker).padStart(4, '0')}`;
  const cells = {
    npp,
    periode: '2026-10',
    nik,
    nama: 'Siti',
    tgl_lahir: '1990-05-12',
    upah: '3500000',
    program: 'JKK|JKM',
  };
  return Object.values({ ...cells, ...changes }).join(',');
}

export const EMPLOYER_HEADER = 'npp,nama,jenis,skala,kode_wilayah,terdaftar';

/** An employer file with these NPPs. */
export function employerFile(npps: readonly string[], region = '34.01'): string {
  const lines = npps.map((npp) => `${npp},PT ${npp},private,small,${region},2026-01-05`);
  return [EMPLOYER_HEADER, ...lines].join('\n');
}

type Import = { id: string; state: string; error?: { code: string; detail: string } } & Record<
  string,
  unknown
>;

/** The inspector as whom a service of the tests is asked, for imports that a test begins without a request. */
export const INSPECTOR: Actor = {
  client: 'cli:disnaker-kulon-progo',
  agency: 'disnaker-kulon-progo',
  kind: 'labour_office',
  regions: ['34'],
  scopes: new Set(),
  sub: 'inspector-1',
};

/** The import that was begun last. */
export async function newestImport(service: TestApp): Promise<Import> {
  return (await service.send({ url: '/v1/imports?limit=1' })).json().items[0];
}

/** Sends a file; gives the import as the answer has it. */
export async function upload(
  service: TestApp,
  kind: string,
  body: string | Buffer,
  { type = 'text/csv', token, headers = {} }: { type?: string; token?: string; headers?: object } = {},
): Promise<Import> {
  const answer = await service.send({
    url: `/v1/imports?kind=${kind}`,
    body,
    headers: { 'content-type': type, ...headers },
    ...(token && { token }),
  });
  expect(answer.json()).toMatchObject({ kind });
  expect(answer.statusCode).toBe(202);
  expect(answer.headers.location).toBe(`/v1/imports/${answer.json().id}`);
  return answer.json();
}

/** The import once it has ended, told by its own events. */
export async function ended(service: TestApp, { id }: { id: string }, token?: string): Promise<Import> {
  const events = await service.send({ url: `/v1/imports/${id}/events`, ...(token && { token }) });
  expect(events.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  return JSON.parse(/event: finished\ndata: (.*)\n/.exec(events.body)![1]!);
}

/** Sends a file and waits for its end. */
export async function imported(...given: Parameters<typeof upload>): Promise<Import> {
  return ended(given[0], await upload(...given), given[3]?.token);
}

type Rejection = { line: number; column?: string; value?: string; code: string; detail: string };

export async function rejectionsOf(service: TestApp, { id }: { id: string }): Promise<Rejection[]> {
  const answer = await service.send({ url: `/v1/imports/${id}/rejections?limit=200` });
  return answer.json().items;
}
