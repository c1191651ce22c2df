import pg from 'pg';
import { explained, nodesOf, tell } from './explained.ts';
import { fillLargestTables, largestTablesQuestions, type Table } from './largest-tables.ts';
import type { Place } from './place.ts';
import type { Row } from './row.ts';

const PARTS = 8;

/** How a table may be parted: the clause, and the clause of each partition. */
type Parting = { name: string; by: string; parts: string[] };

/**
 * What partitioning does to the queries that touch the largest tables: each asked of the tables as they are, and of
 * copies in partitions, planning and execution together.
 */
export async function benchPartitions(place: Place, { lines }: { lines: number }): Promise<Row[]> {
  const client = new pg.Client({ connectionString: place.url });
  await client.connect();
  try {
    const months = await fillLargestTables(place, lines);
    await client.query('vacuum analyze');
    const partings = await partingsOf(client, months);
    const rows: Row[] = [];
    for (const { what, table, sql, values } of await largestTablesQuestions(client, months.at(-1)!)) {
      const whole = await explained(client, sql(table), values);
      tell(`${what}: as it is`, whole);
      for (const parting of partings[table]) {
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

async function partingsOf(
  client: pg.Client,
  months: readonly string[],
): Promise<Record<Table, readonly Parting[]>> {
  const bounds = await client.query<{ at: string }>(
    `select distinct on (n) check_id as at from (select check_id, ntile(${PARTS}) over (order by check_id) as n
     from checks) c order by n, check_id`,
  );
  const ends = [...bounds.rows.map(({ at }) => `'${at}'`).slice(1), 'maxvalue'];
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
  return { declarations: [byEmployer, byMonth], stretches: [byEmployer], checks: [byTime] };
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
