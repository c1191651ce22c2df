import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importFile, type Place } from './place.ts';
import { rosterFile } from './roster-file.ts';

const TABLE = `create table bench_roster (npp text, periode text, nik text, nama text, tgl_lahir text,
                                          jenis_kelamin text, upah text, program text)`;

/**
 * A roster through the API until everything is committed, beside `psql \copy` of the same file into a table without
 * an index. Undefined for the floor where this machine has no psql.
 */
export async function benchRosterImport(place: Place, lines: number) {
  const folder = mkdtempSync(join(tmpdir(), 'patuh-bench-'));
  try {
    const file = rosterFile(lines, place.employers.length, '2026-09');
    const path = join(folder, 'roster.csv');
    writeFileSync(path, file);
    const floor = copySeconds(place.url, path);
    const first = await importFile(place.service, place.token, 'rosters', file);
    const again = await importFile(place.service, place.token, 'rosters', file);
    return { lines, floor, first, again };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copySeconds(url: string, path: string): number {
  psql(url, TABLE);
  const started = performance.now();
  psql(url, `\\copy bench_roster from '${path}' with (format csv, header true)`);
  const seconds = (performance.now() - started) / 1000;
  psql(url, 'drop table bench_roster');
  return seconds;
}

function psql(url: string, command: string): void {
  const ran = spawnSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', command, url], {
    encoding: 'utf8',
  });
  if (ran.error) throw new Error(`psql is needed for the floor of imports: ${ran.error.message}`);
  if (ran.status !== 0) throw new Error(ran.stderr);
}
