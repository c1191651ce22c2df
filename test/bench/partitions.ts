import pg from 'pg';
import { addPeriods, dayOf, periodOf } from '#src/domain/civil.ts';
import { temporaryFolder } from './folder.ts';
import { ask, importFile, type Place } from './place.ts';
import { writeRosterFile } from './roster-file.ts';
import { importSeconds } from './roster-import.ts';
import type { Row } from './row.ts';
import { median } from './timing.ts';

const MONTHS = 3;
const CHECKS = 30_000;
const BATCH = 10_000;
const PARTS = 8;
const ROUNDS = 5;

/** How a table may be parted: the clause, and the clause of each partition. */
type Parting = { name: string; by: string; parts: string[] };
/** A question, as SQL of the table that it is asked of. */
type Question = {
  what: string;
  table: string;
  sql: (table: string) => string;
  values: unknown[];
  partings: Parting[];
};
type Plan = { ms: number; lines: string[] };

/**
 * What partitioning does to the queries that touch the largest tables: each asked of the tables as they are, and of
 * copies in partitions, planning and execution together. The plans go to the standard error output, as they are long.
 */
export async function benchPartitions(place: Place, { lines }: { lines: number }): Promise<Row[]> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  try {
    const months = await fill(place, lines);
    await client.query('vacuum analyze');
    const rows: Row[] = [];
    for (const { what, table, sql, values, partings } of await questions(client, months)) {
      const whole = await explained(client, sql(table), values);
      tell(`${what}: as it is`, whole);
      for (const parting of partings) {
        const parted = await explained(client, sql(await copied(client, table, parting)), values);
        tell(`${what}: ${parting.name}`, parted);
        rows.push({
          work: `${what}: ${parting.name}, ${parting.parts.length} partitions`,
          floor: `${table} as it is`,
          floorValue: whole.ms,
          value: parted.ms,
          unit: 'ms',
          ratio: parted.ms / whole.ms,
          notes: nodesOf(parted),
        });
      }
    }
    return rows;
  } finally {
    await client.end();
  }
}

/** Rosters of some months, and checks in batches; returns the months. */
async function fill(place: Place, lines: number): Promise<string[]> {
  const folder = temporaryFolder();
  const last = addPeriods(periodOf(dayOf(new Date())), -1);
  const months = Array.from({ length: MONTHS }, (_, back) => addPeriods(last, back - MONTHS + 1));
  for (const [month, period] of months.entries()) {
    const path = `${folder.path}/roster.csv`;
    const shape = { lines, employers: place.employers.length, period, months: month, scattered: false };
    await writeRosterFile(path, shape);
    await importSeconds(place, path, lines);
  }
  await folder.remove();
  await importFile(place.service, place.token, 'payments', paymentsOf(place, last));
  for (let done = 0; done < CHECKS; done += BATCH) {
    const subjects = Array.from({ length: BATCH }, (_, index) => {
      const { npwp } = place.employers[(done + index) % place.employers.length]!;
      return { npwp };
    });
    await ask(place, '/v1/check-batches', {
      purpose: 'tender_opening',
      reference: `bench-${done}`,
      subjects,
    });
  }
  return months;
}

function paymentsOf({ employers }: Place, period: string): string {
  const paid = employers.filter((_, index) => index % 3 > 0);
  const lines = paid.map(({ npp }, index) => `${npp},1000000000,${period}-10,BANK-${index}`);
  return `npp,jumlah,tanggal_bayar,referensi\n${lines.join('\n')}\n`;
}

async function questions(client: pg.Client, months: readonly string[]): Promise<Question[]> {
  const one = async <T>(sql: string) => (await client.query(sql)).rows as T[];
  const [{ employer_id: employer, declaration_id: declaration }] = (await one<Record<string, string>>(
    'select employer_id, declaration_id from declarations order by declaration_id offset 1000 limit 1',
  )) as [Record<string, string>];
  const thousand = (await one<{ id: string }>('select employer_id as id from employers limit 1000')).map(
    ({ id }) => id,
  );
  const bounds = await one<{ at: string }>(
    `select distinct on (n) check_id as at from (select check_id, ntile(${PARTS}) over (order by check_id) as n
     from checks) c order by n, check_id`,
  );
  const ends = [...bounds.map(({ at }) => `'${at}'`).slice(1), 'maxvalue'];
  const starts = ['minvalue', ...ends.slice(0, -1)];
  const byEmployer: Parting = {
    name: 'by employer',
    by: 'hash (employer_id)',
    parts: Array.from({ length: PARTS }, (_, part) => `with (modulus ${PARTS}, remainder ${part})`),
  };
  const byMonth: Parting = {
    name: 'by month',
    by: 'list (period)',
    parts: months.map((month) => `in ('${month}')`),
  };
  const byTime: Parting = {
    name: 'by time',
    by: 'range (check_id)',
    parts: ends.map((end, part) => `from (${starts[part]}) to (${end})`),
  };
  const [check] = (await one<{ id: string }>(
    `select check_id as id from checks where employer_id = '${employer}' limit 1`,
  )) as [{ id: string }];
  const columns = 'employer_id, declaration_id, period, recorded_at, headcount';
  return [
    {
      what: 'declarations of an employer',
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where employer_id = $1`,
      values: [employer],
      partings: [byEmployer, byMonth],
    },
    {
      what: 'declaration by its id alone',
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where declaration_id = $1`,
      values: [declaration],
      partings: [byEmployer, byMonth],
    },
    {
      what: 'declarations of a month of 1,000 employers',
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where employer_id = any($1::uuid[]) and period = $2`,
      values: [thousand, months.at(-1)],
      partings: [byEmployer, byMonth],
    },
    {
      what: 'first page of the non-compliant list',
      table: 'stretches',
      sql: (table) =>
        `select * from ${table} where due_since = (select max(due_since) from stretches) and status <> 'compliant'
         order by total desc, employer_id desc limit 51`,
      values: [],
      partings: [byEmployer],
    },
    {
      what: 'checks of an employer, newest first',
      table: 'checks',
      sql: (table) =>
        `select check_id, checked_at, purpose from ${table} where employer_id = $1 order by check_id desc limit 51`,
      values: [employer],
      partings: [byTime],
    },
    {
      what: 'check by its id',
      table: 'checks',
      sql: (table) => `select answer from ${table} where check_id = $1`,
      values: [check.id],
      partings: [byTime],
    },
  ];
}

/** A copy of a table in partitions, with its indexes; unique ones are unique only where the database can tell. */
async function copied(client: pg.Client, table: string, { name, by, parts }: Parting): Promise<string> {
  const copy = `bench_${table}_${name.replaceAll(' ', '_')}`;
  const found = await client.query<{ made: boolean }>('select to_regclass($1) is not null as made', [copy]);
  if (found.rows[0]!.made) return copy;
  await client.query(`create table ${copy} (like ${table} including defaults) partition by ${by}`);
  for (const [part, clause] of parts.entries())
    await client.query(`create table ${copy}_${part} partition of ${copy} for values ${clause}`);
  await client.query(`insert into ${copy} select * from ${table}`);
  const indexes = await client.query<{ sql: string }>(
    'select pg_get_indexdef(indexrelid) as sql from pg_index where indrelid = $1::regclass',
    [table],
  );
  for (const { sql } of indexes.rows) {
    const [, columns] = /(USING .*)$/.exec(sql) as unknown as [string, string];
    await client.query(`create index on ${copy} ${columns}`);
  }
  await client.query(`vacuum analyze ${copy}`);
  return copy;
}

/** Planning and execution, the median of some; the plan is that of the last. */
async function explained(client: pg.Client, sql: string, values: unknown[]): Promise<Plan> {
  const times: number[] = [];
  let lines: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, buffers, costs off, summary on) ${sql}`,
      values,
    );
    lines = found.rows.map((row) => row['QUERY PLAN']).map((line) => line.slice(0, 160));
    times.push(msOf(lines, 'Planning Time') + msOf(lines, 'Execution Time'));
  }
  return { ms: median(times), lines };
}

function msOf(lines: readonly string[], what: string): number {
  return Number(/([\d.]+) ms/.exec(lines.find((line) => line.startsWith(what)) ?? '')?.[1]);
}

/** The kinds of nodes of a plan, each with how many there are. */
function nodesOf({ lines }: Plan): string {
  const kinds = lines.flatMap(
    (line) =>
      /^\s*(?:->\s+)?((?:Index|Bitmap|Seq|Merge|Append|Limit|Sort)[A-Za-z ]*?)(?: using| on| Backward|  |\s*\()/.exec(
        line,
      )?.[1] ?? [],
  );
  const counts = Map.groupBy(kinds, (kind) => kind);
  return [...counts].map(([kind, { length }]) => `${length} ${kind}`).join(', ');
}

function tell(what: string, { ms, lines }: Plan): void {
  console.error(`${what}, ${ms.toFixed(2)} ms\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}
