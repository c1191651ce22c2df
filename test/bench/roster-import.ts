import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { temporaryFolder } from './folder.ts';
import type { Place } from './place.ts';
import { peakMb, psql } from './processes.ts';
import { type RosterFile, writeRosterFile } from './roster-file.ts';
import { memoryRow, type Row } from './row.ts';

const TABLE = `create table bench_roster (npp text, periode text, nik text, nama text, tgl_lahir text,
                                          jenis_kelamin text, upah text, program text)`;
const FLOOR_ROUNDS = 3;
const POLL_MS = 50;
const MOST_MB = 300;

/**
 * Rosters through the API until everything is committed, beside `psql \copy` of the same file into a table without
 * an index: a first month, all of whose workers are new, its lines employer by employer; then a second one, of whose
 * workers most are known, some new and some those of other employers, its lines scattered over the file; then the
 * second file again.
 */
export async function benchRosterImport(place: Place, { lines }: { lines: number }): Promise<Row[]> {
  const folder = temporaryFolder();
  try {
    const shape = { lines, employers: place.employers.length };
    const first = join(folder.path, 'first.csv');
    const second = join(folder.path, 'second.csv');
    const months: [path: string, file: RosterFile][] = [
      [first, { ...shape, period: '2026-08', months: 0, scattered: false }],
      [second, { ...shape, period: '2026-09', months: 1, scattered: true }],
    ];
    for (const [path, file] of months) await writeRosterFile(path, file);
    const floorValue = copySeconds(place.url, second);
    const row = async (work: string, path: string, atMost: number): Promise<Row> => {
      const value = await importSeconds(place, path, lines);
      const notes = `${Math.round(lines / value)} lines/s`;
      const floor = 'psql \\copy into an unindexed table';
      const ratio = value / floorValue;
      return { work, floor, floorValue, value, unit: 's', ratio, goal: { atMost }, notes };
    };
    const employers = Math.ceil(lines / Math.ceil(lines / shape.employers));
    const sizes = `${lines} lines, ${employers} employers`;
    const allNew = await row(`roster import, ${sizes}, all workers new`, first, 4);
    const mixed = await row('roster import, first time, known and new workers mixed', second, 4);
    const before = await storedRows(place.url);
    const again = await row('roster import, the same file again', second, mixed.ratio / 2);
    const value = before.symmetricDifference(await storedRows(place.url)).size;
    const changed: Row = {
      work: 'rows that the same file again changed',
      floor: 'rows',
      floorValue: before.size,
      value,
      unit: 'rows',
      ratio: value / before.size,
      goal: { atMost: 0 },
    };
    const memory = { work: 'memory of the service, the most since its start', floor: 'allowed', atMost: 1 };
    return [allNew, mixed, again, changed, ...memoryRow(memory, MOST_MB, peakMb(place.service.pid))];
  } finally {
    await folder.remove();
  }
}

/** What an import of rosters writes. */
const TABLES = [
  'declarations',
  'assessments',
  'worker_batches',
  'unnumbered_declarations',
  'summaries',
  'stretches',
];

/** Each stored row's table and digest. */
async function storedRows(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const each = TABLES.map((table) => `select '${table} ' || md5(t::text) as row from ${table} t`);
    const { rows } = await client.query<{ row: string }>(each.join(' union all '));
    return new Set(rows.map(({ row }) => row));
  } finally {
    await client.end();
  }
}

/** The best of some rounds. */
function copySeconds(url: string, path: string): number {
  const rounds = Array.from({ length: FLOOR_ROUNDS }, () => {
    psql(url, TABLE);
    const seconds = psql(url, `\\copy bench_roster from '${path}' with (format csv, header true)`);
    psql(url, 'drop table bench_roster');
    return seconds;
  });
  return Math.min(...rounds);
}

/** Seconds until everything in the file is committed. */
export async function importSeconds({ service, token }: Place, path: string, lines: number): Promise<number> {
  const started = performance.now();
  const location = await send(service.address, token, path);
  for (;;) {
    const answer = await fetch(`${service.address}${location}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const state = (await answer.json()) as { state: string; linesAccepted: number };
    if (state.state === 'succeeded' && state.linesAccepted === lines)
      return (performance.now() - started) / 1000;
    if (state.state !== 'running') throw new Error(JSON.stringify(state));
    await delay(POLL_MS);
  }
}

/** Uploads a file as it is read from disk; gives the import's address. */
function send(address: string, token: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const sent = request(`${address}/v1/imports?kind=rosters`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      if (answer.statusCode === 202) resolve(String(answer.headers.location));
      else reject(new Error(`the upload was answered with ${answer.statusCode}`));
    });
    sent.on('error', reject);
    createReadStream(path, { highWaterMark: 1_048_576 }).on('error', reject).pipe(sent);
  });
}
