import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { addPeriods, dayOf, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import { temporaryFolder } from './folder.ts';
import { importFile, type Place } from './place.ts';
import { psql } from './processes.ts';
import { employersFile, writeRosterFile } from './roster-file.ts';
import { importSeconds } from './roster-import.ts';
import type { Row } from './row.ts';

const BATCH = 10_000;
const TICKS_PER_SECOND = 100;
const SMALLEST_MB = 1;

type Size = { name: string; rows: number; total: number; heap: number; indexes: number };

/**
 * What employers, `months` rosters of each and checks take on disk, by table, and in seconds of a core: of the service
 * and of its PostgreSQL together. Four of five employers pay what they owe, and all are registered as of the first month.
 */
export async function benchCapacity(
  place: Place,
  sizes: { employers: number; lines: number; months: number; checks: number },
): Promise<Row[]> {
  const { employers, lines, months, checks } = sizes;
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  const folder = temporaryFolder();
  try {
    const postmaster = parentOf((await client.query('select pg_backend_pid() as pid')).rows[0].pid);
    const coreSeconds = async (work: () => Promise<unknown>) => {
      const used = () => cpuSeconds(place.service.pid) + familySeconds(postmaster);
      const before = used();
      await work();
      return used() - before;
    };
    const last = addPeriods(periodOf(dayOf(new Date())), -1);
    const first = addPeriods(last, 1 - months);
    const registry = employersFile(employers).replaceAll(',2024-01-02', `,${onDay(first, 1)}`);
    const registering = await coreSeconds(() =>
      importFile(place.service, place.token, 'employers', registry),
    );
    const [rosters, payments]: [number[], number[]] = [[], []];
    const path = join(folder.path, 'roster.csv');
    for (let month = 0; month < months; month += 1) {
      const period = addPeriods(first, month);
      await writeRosterFile(path, { lines, employers, period, months: month, scattered: false });
      rosters.push(await coreSeconds(() => importSeconds(place, path, lines)));
      const file = await paymentsFile(client, period);
      payments.push(await coreSeconds(() => importFile(place.service, place.token, 'payments', file)));
      console.error(`${period}: ${rosters.at(-1)} s of a core for rosters, ${payments.at(-1)} for payments`);
    }
    psql(
      place.url,
      'create table bench_copy (a text, b text, c text, d text, e text, f text, g text, h text)',
    );
    const copying = await coreSeconds(async () =>
      psql(place.url, `\\copy bench_copy from '${path}' with (format csv, header true)`),
    );
    psql(place.url, 'drop table bench_copy');
    const checking = await coreSeconds(() => check(place, employers, checks));
    await client.query('vacuum analyze');
    const tables = await tableSizes(client);
    const onDisk = tables.reduce((sum, { total }) => sum + total, 0) / (lines * months);
    const fileBytes = statSync(path).size / lines;
    const work = (what: string, per: number, seconds: number): Row => ({
      work: `one core, ${what}`,
      floor: `psql \\copy of ${lines} roster lines`,
      floorValue: copying,
      value: seconds / per,
      unit: 's',
      ratio: seconds / per / copying,
    });
    return [
      {
        work: `disk by roster line, all tables, ${lines * months} lines, ${employers} employers, ${checks} checks`,
        floor: 'a line of the file',
        floorValue: fileBytes,
        value: onDisk,
        unit: 'bytes',
        ratio: onDisk / fileBytes,
      },
      work(`registering ${employers} employers`, 1, registering),
      work(`${lines} roster lines`, months, sum(rosters)),
      work(`payments of a month, ${Math.round(employers * 0.8)}`, months, sum(payments)),
      work(`${BATCH} checks in a batch`, checks / BATCH, checking),
      ...tables.filter(({ total }) => total / 1e6 > SMALLEST_MB).map(rowOf),
    ];
  } finally {
    await client.end();
    await folder.remove();
  }
}

function rowOf({ name, rows, total, heap, indexes }: Size): Row {
  return {
    work: `table ${name}, ${rows} rows`,
    floor: 'its rows alone, without indexes',
    floorValue: (total - indexes) / 1e6,
    value: total / 1e6,
    unit: 'MB',
    ratio: total / (total - indexes),
    notes: `heap ${heap}, out of line ${total - heap - indexes}, indexes ${indexes} bytes; ${Math.round(total / rows)} a row`,
  };
}

async function tableSizes(client: pg.Client): Promise<Size[]> {
  const { rows } = await client.query<Record<keyof Size, string>>(
    `select c.relname as name, c.reltuples::bigint as rows, pg_total_relation_size(c.oid) as total,
            pg_relation_size(c.oid) as heap, pg_indexes_size(c.oid) as indexes
     from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 3 desc`,
  );
  return rows.map(({ name, ...sizes }) => ({
    name,
    rows: Number(sizes.rows),
    total: Number(sizes.total),
    heap: Number(sizes.heap),
    indexes: Number(sizes.indexes),
  }));
}

/** What four of five employers owe for a month, paid in time. */
async function paymentsFile(client: pg.Client, period: Period): Promise<string> {
  const { rows } = await client.query<{ npp: string; owed: string }>(
    `select e.npp, (a.amounts->0->'jkk'->>2)::bigint
              + (select sum((p.value->>'employer')::bigint + (p.value->>'worker')::bigint)
                 from json_each(a.amounts->0->'others') p) as owed
     from assessments a join declarations d using (employer_id, declaration_id) join employers e using (employer_id)
     where d.period = $1 and right(e.npp, 1) not in ('0', '5')`,
    [period],
  );
  const paidOn = onDay(addPeriods(period, 1), 10);
  const lines = rows.map(({ npp, owed }) => `${npp},${owed},${paidOn},${period},BANK-${period}-${npp}`);
  return `npp,jumlah,tanggal_bayar,periode,referensi\n${lines.join('\n')}\n`;
}

async function check(place: Place, employers: number, checks: number): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${place.token}` };
  for (let done = 0; done < checks; done += BATCH) {
    const subjects = Array.from({ length: BATCH }, (_, index) => ({
      npwp: String(((done + index) % employers) + 1).padStart(16, '0'),
    }));
    const body = JSON.stringify({ purpose: 'tender_opening', reference: `bench-${done}`, subjects });
    const answer = await fetch(`${place.service.address}/v1/check-batches`, {
      method: 'POST',
      headers,
      body,
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    await answer.arrayBuffer();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** What follows a process's name in its state: its state, its parent, …; the name may hold anything. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

const parentOf = (pid: number) => Number(statOf(pid)[1]);

/** User and system time of a process. */
function cpuSeconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND;
}

/** Of a process, its children that ended, and those that live. */
function familySeconds(pid: number): number {
  const stat = statOf(pid);
  const ended = (Number(stat[13]) + Number(stat[14])) / TICKS_PER_SECOND;
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return cpuSeconds(pid) + ended + sum(processes.map((child) => childSeconds(pid, Number(child))));
}

function childSeconds(parent: number, pid: number): number {
  try {
    return parentOf(pid) === parent ? cpuSeconds(pid) : 0;
  } catch {
    // It ended since it was listed.
    return 0;
  }
}
