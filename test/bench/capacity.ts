import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { addPeriods, type Day, dayOf, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import { numberEverybody, renewAfterDays } from './background.ts';
import { cpuSeconds, familySeconds, parentOf } from './core-seconds.ts';
import { temporaryFolder } from './folder.ts';
import { ask, importFile, type Place } from './place.ts';
import { psql } from './processes.ts';
import { employersFile, writeRosterFile } from './roster-file.ts';
import { importSeconds } from './roster-import.ts';
import type { Row } from './row.ts';

const BATCH = 10_000;
/** So many are asked one by one, so many of them at a time. */
const SINGLE = 20_000;
const AT_ONCE = 32;
const PURPOSE = 'tender_opening';
const SMALLEST_MB = 1;
/** What lists have stored ahead of anybody has ended by then. */
const DAYS_LATER = 15;

/** Days of the month after: rosters are declared, contributions paid, the bank's file is recorded. */
const DECLARED_ON = 5;
const PAID_ON = 10;
const RECORDED_ON = 12;

type Size = { name: string; rows: number; total: number; heap: number; indexes: number };

/**
 * What employers, `months` rosters of each and checks take on disk, by table, and in seconds of a core: of the service
 * and of its PostgreSQL together. Each month is declared and paid in the next one, by a clock that is moved: four of
 * five employers pay what they owe, and all are registered as of the first month.
 * Who was declared by two is asked twice: the first time lists the NIKs of all months.
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
    const coreSeconds = async (work: () => Promise<unknown>, worker = place.service.pid) => {
      const used = () => cpuSeconds(worker) + familySeconds(postmaster);
      const before = used();
      await work();
      return used() - before;
    };
    const last = addPeriods(thisMonth(), -1);
    const first = periodOf(firstDay(months));
    const registry = employersFile(employers).replaceAll(',2024-01-02', `,${onDay(first, 1)}`);
    const registering = await coreSeconds(() =>
      importFile(place.service, place.token, 'employers', registry),
    );
    const [rosters, numberings]: [number[], number[]] = [[], []];
    const [payments, vacuums]: [number[], number[]] = [[], []];
    let paid = 0;
    // In a month's time it would have been done, more than once; here months follow each other in seconds.
    const vacuum = async () => vacuums.push(await coreSeconds(() => client.query('vacuum analyze')));
    const path = join(folder.path, 'roster.csv');
    for (let month = 0; month < months; month += 1) {
      const period = addPeriods(first, month);
      await writeRosterFile(path, { lines, employers, period, months: month, scattered: false });
      await place.moveClock(onDay(addPeriods(period, 1), DECLARED_ON));
      rosters.push(await coreSeconds(() => importSeconds(place, path, lines)));
      numberings.push(await coreSeconds(() => numberEverybody(place), process.pid));
      await vacuum();
      const file = await paymentsFile(client, period);
      paid += file.split('\n').length - 2;
      await place.moveClock(onDay(addPeriods(period, 1), RECORDED_ON));
      payments.push(await coreSeconds(() => importFile(place.service, place.token, 'payments', file)));
      await vacuum();
      console.error(
        `${period}: ${seconds(rosters)} s of a core for rosters, ${seconds(numberings)} for ids, ${seconds(payments)} for payments, ${seconds(vacuums)} for the last vacuum`,
      );
    }
    await place.moveClock(undefined);
    psql(
      place.url,
      'create table bench_copy (a text, b text, c text, d text, e text, f text, g text, h text)',
    );
    const copying = await coreSeconds(async () =>
      psql(place.url, `\\copy bench_copy from '${path}' with (format csv, header true)`),
    );
    psql(place.url, 'drop table bench_copy');
    const checking = await coreSeconds(() => checkInBatches(place, employers, checks));
    const checkingSingly = await coreSeconds(() => checkSingly(place, employers, SINGLE));
    const listing = await coreSeconds(() => findDuplicates(place, last));
    const finding = await coreSeconds(() => findDuplicates(place, last));
    await client.query('vacuum analyze');
    const tables = await tableSizes(client);
    const renewing = await coreSeconds(() => renewAfterDays(place, DAYS_LATER, employers), process.pid);
    const onDisk = tables.reduce((sum, { total }) => sum + total, 0) / (lines * months);
    const inBatch = Math.min(BATCH, checks);
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
        work: `disk by roster line, all tables, ${lines * months} lines, ${employers} employers, ${checks + SINGLE} checks`,
        floor: 'a line of the file',
        floorValue: fileBytes,
        value: onDisk,
        unit: 'bytes',
        ratio: onDisk / fileBytes,
      },
      work(`registering ${employers} employers`, 1, registering),
      work(`${lines} roster lines`, months, sum(rosters)),
      work(`ids for the workers of ${lines} roster lines`, months, sum(numberings)),
      work(`payments of a month, ${Math.round(paid / months)}`, months, sum(payments)),
      work('vacuum after both', months, sum(vacuums)),
      work(`${inBatch} checks in a batch`, checks / inBatch, checking),
      work(`${BATCH} single checks, ${AT_ONCE} at a time`, SINGLE / BATCH, checkingSingly),
      work(`duplicate workers of a month, listing the NIKs of ${months}`, 1, listing),
      work('duplicate workers of a month, all NIKs listed', 1, finding),
      work(`${employers} summaries renewed, ${DAYS_LATER} days later`, 1, renewing),
      ...tables.filter(({ total }) => total / 1e6 > SMALLEST_MB).map(rowOf),
    ];
  } finally {
    await client.end();
    await folder.remove();
  }
}

/** The first day of the months that are declared. */
export function firstDay(months: number): Day {
  return onDay(addPeriods(thisMonth(), -months), 1);
}

function thisMonth(): Period {
  return periodOf(dayOf(new Date()));
}

function rowOf({ name, rows, total, heap, indexes }: Size): Row {
  return {
    work: `table ${name}, ${rows} rows`,
    floor: 'its rows alone, without indexes',
    floorValue: (total - indexes) / 1e6,
    value: total / 1e6,
    unit: 'MB',
    ratio: total / (total - indexes),
    notes: `heap ${heap}, out of line ${total - heap - indexes}, indexes ${indexes} bytes${rows > 0 ? `; ${Math.round(total / rows)} a row` : ''}`,
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
  const paidOn = onDay(addPeriods(period, 1), PAID_ON);
  const lines = rows.map(({ npp, owed }) => `${npp},${owed},${paidOn},${period},BANK-${period}-${npp}`);
  return `npp,jumlah,tanggal_bayar,periode,referensi\n${lines.join('\n')}\n`;
}

async function checkInBatches(place: Place, employers: number, checks: number): Promise<void> {
  for (let done = 0; done < checks; done += BATCH) {
    const length = Math.min(BATCH, checks - done);
    const subjects = Array.from({ length }, (_, index) => subjectOf((done + index) % employers));
    await ask(place, '/v1/check-batches', { purpose: PURPOSE, reference: `bench-${done}`, subjects });
  }
}

async function checkSingly(place: Place, employers: number, checks: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < checks) {
      const subject = subjectOf(next % employers);
      const reference = `bench-single-${next++}`;
      await ask(place, '/v1/checks', { purpose: PURPOSE, reference, subject });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const subjectOf = (employer: number) => ({ npwp: String(employer + 1).padStart(16, '0') });

async function findDuplicates(place: Place, period: Period): Promise<void> {
  const found = await ask(place, `/v1/reports/cross-checks/duplicate-workers?period=${period}`);
  console.error(`duplicate workers: ${found.split('\n').length - 2} employers`);
}

const seconds = (measured: readonly number[]) => measured.at(-1)!.toFixed(1);
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
