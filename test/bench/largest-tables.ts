import type pg from 'pg';
import { addPeriods, dayOf, periodOf } from '#src/domain/civil.ts';
import { temporaryFolder } from './folder.ts';
import { ask, importFile, type Place } from './place.ts';
import { writeRosterFile } from './roster-file.ts';
import { importSeconds } from './roster-import.ts';

const MONTHS = 3;
const CHECKS = 30_000;
const BATCH = 10_000;

export type Table = 'declarations' | 'stretches' | 'checks';

/** A question, as SQL of the table that it is asked of. */
export type Question = { what: string; table: Table; sql: (table: string) => string; values: unknown[] };

/** Rosters of some months, and checks in batches; returns the months. */
export async function fillLargestTables(place: Place, lines: number): Promise<string[]> {
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

/** What is asked of the largest tables. */
export async function largestTablesQuestions(client: pg.Client, month: string): Promise<Question[]> {
  const [{ employer, declaration, check }] = await found<
    Record<'employer' | 'declaration' | 'check', string>
  >(
    client,
    `select d.employer_id as employer, d.declaration_id as declaration, c.check_id as check
     from declarations d join checks c on c.employer_id = d.employer_id
     order by d.declaration_id, c.check_id offset (select count(*) from declarations) / 60 limit 1`,
  );
  const thousand = await found<{ id: string }>(client, 'select employer_id as id from employers limit 1000');
  const columns = 'employer_id, declaration_id, period, recorded_at, headcount';
  return [
    {
      what: 'declarations of an employer',
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where employer_id = $1`,
      values: [employer],
    },
    {
      what: 'declaration by its id alone',
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where declaration_id = $1`,
      values: [declaration],
    },
    {
      what: `declarations of a month of ${thousand.length} employers`,
      table: 'declarations',
      sql: (table) => `select ${columns} from ${table} where employer_id = any($1::uuid[]) and period = $2`,
      values: [thousand.map(({ id }) => id), month],
    },
    {
      what: 'first page of the non-compliant list',
      table: 'stretches',
      sql: (table) =>
        `select * from ${table} where due_since = (select max(due_since) from stretches) and status <> 'compliant'
         order by total desc, employer_id desc limit 51`,
      values: [],
    },
    {
      what: 'checks of an employer, newest first',
      table: 'checks',
      sql: (table) =>
        `select check_id, checked_at, purpose from ${table} where employer_id = $1 order by check_id desc limit 51`,
      values: [employer],
    },
    {
      what: 'check by its id',
      table: 'checks',
      sql: (table) => `select answer from ${table} where check_id = $1`,
      values: [check],
    },
  ];
}

async function found<T>(client: pg.Client, sql: string): Promise<[T, ...T[]]> {
  return (await client.query(sql)).rows as [T, ...T[]];
}
