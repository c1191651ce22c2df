import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#src/db/index.ts';
import { explained, tell } from './explained.ts';
import { temporaryFolder } from './folder.ts';
import { fillLargestTables, largestTablesQuestions } from './largest-tables.ts';
import type { Place } from './place.ts';
import { psql } from './processes.ts';
import type { Row } from './row.ts';
import { median } from './timing.ts';

const ROUNDS = 21;

/** Where each table's rows go: to the shards by a column, or, where none is named, to all nodes. */
const TABLES: Record<string, string | undefined> = {
  employers: 'employer_id',
  declarations: 'employer_id',
  summaries: 'employer_id',
  stretches: 'employer_id',
  checks: 'check_id',
  employer_identifiers: undefined,
};

/**
 * What Citus does to the queries that touch the largest tables, and to that of a check: each asked of the tables as
 * they are, and of the same rows distributed over a cluster's shards, until the answer is there: Citus explains much
 * more slowly than it answers. `citus` is the address of an empty database on a coordinator that knows its workers.
 */
export async function benchCitus(
  place: Place,
  { lines, citus }: { lines: number; citus: string },
): Promise<Row[]> {
  const here = new pg.Client({ connectionString: place.url });
  const there = new pg.Client({ connectionString: citus });
  // What a connection loses the next question to it says.
  for (const client of [here, there]) client.on('error', () => {});
  try {
    await there.connect();
    await here.connect();
    const months = await fillLargestTables(place, lines);
    await migrate(citus);
    for (const [table, column] of Object.entries(TABLES)) {
      await distribute(there, table, column);
      await copy(here, table, place.url, citus);
    }
    await here.query('vacuum analyze');
    const rows: Row[] = [];
    const questions = await largestTablesQuestions(here, months.at(-1)!);
    const statements = questions.map(({ sql, table, ...question }) => ({ ...question, sql: sql(table) }));
    for (const { what, sql, values } of [...statements, ...checkQuestions(place)]) {
      tell(`${what}: as it is`, await explained(here, sql, values));
      const plan = await explained(there, sql, values);
      tell(`${what}: distributed`, plan);
      const floorValue = await asked(here, sql, values);
      const value = await asked(there, sql, values);
      const ratio = value / floorValue;
      const notes = tasksOf(plan.lines);
      rows.push({
        work: `${what}: distributed`,
        floor: 'one PostgreSQL',
        floorValue,
        value,
        unit: 'ms',
        ratio,
        notes,
      });
    }
    return rows;
  } finally {
    await Promise.all([here.end(), there.end()]);
  }
}

/** Milliseconds until a statement is answered, the median of some. */
async function asked(client: pg.Client, text: string, values: unknown[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    await client.query({ text, values });
    times.push(performance.now() - started);
  }
  return median(times);
}

/** What a check reads, in one statement and in two. */
function checkQuestions({ employers }: Place): { what: string; sql: string; values: unknown[] }[] {
  const { id, npwp } = employers[1000 % employers.length]!;
  const named = `scheme = 'npwp' and value = $1`;
  return [
    {
      what: 'summary by NPWP, in one statement',
      sql: `select facts from employer_identifiers join summaries using (employer_id) where ${named}`,
      values: [npwp],
    },
    {
      what: 'employer of an NPWP',
      sql: `select employer_id from employer_identifiers where ${named}`,
      values: [npwp],
    },
    {
      what: 'summary of an employer',
      sql: 'select facts from summaries where employer_id = $1',
      values: [id],
    },
  ];
}

/** What forbids changes are triggers, which Citus takes only when told to. */
async function distribute(client: pg.Client, table: string, column: string | undefined): Promise<void> {
  await client.query('set citus.enable_unsafe_triggers = on');
  await client.query(
    column === undefined ? 'select create_reference_table($1)' : 'select create_distributed_table($1, $2)',
    column === undefined ? [table] : [table, column],
  );
}

async function copy(client: pg.Client, table: string, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const folder = temporaryFolder();
  const file = join(folder.path, table);
  psql(from, `\\copy ${table} (${rows[0]!.columns}) to '${file}' (format binary)`);
  psql(to, `\\copy ${table} (${rows[0]!.columns}) from '${file}' (format binary)`);
  psql(to, `analyze ${table}`);
  await folder.remove();
}

/** Of how many shards a plan asks. */
function tasksOf(lines: readonly string[]): string {
  const counts = lines.flatMap((line) => /Task Count: (\d+)/.exec(line)?.[1] ?? []);
  return counts.length === 0 ? 'the coordinator alone' : `shards asked: ${counts.join(', then ')}`;
}
