import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { importFile } from '#test/setup/import-file.ts';

const FOLDER = new URL('../data/kulon-progo/', import.meta.url);
const MONTHS = ['05', '06', '07', '08', '09', '10'];
const FILES: [kind: string, name: string][] = [
  ['employers', 'employers.csv'],
  ...MONTHS.map((month): [string, string] => ['rosters', `rosters-2026-${month}.csv`]),
  ['payments', 'payments.csv'],
];

type Month = {
  period: string;
  dueOn: string;
  due: number;
  paid: number;
  outstanding: number;
  lateCharge: number;
  presumed: boolean;
};
type Expected = {
  nib: string;
  npp: string | null;
  status: string;
  codes: string[];
  arrears: object;
  ledger?: Month[];
  credit?: number;
};

const expected: { asOf: string; employers: Expected[] } = JSON.parse(
  readFileSync(new URL('expected.json', FOLDER), 'utf8'),
);

let service: TestApp;
let token: string;
beforeAll(async () => {
  service = await startApp();
  token = await service.token({ kind: 'operator', regions: ['34', '51', '61', '72'] });
});
afterAll(() => service.close());

async function importAll() {
  for (const [kind, name] of FILES) {
    const done = await importFile(service, kind, readFileSync(new URL(name, FOLDER)), { token });
    expect(done, name).toMatchObject({ state: 'succeeded', linesRejected: 0, groupsRejected: 0 });
  }
}

async function standingOf({ nib, ledger }: Expected, clocks: string) {
  const url = `/v1/employers/nib:${nib}`;
  const verdict = (await service.send({ url: `${url}/verdict?${clocks}`, token })).json();
  const found = (await service.send({ url: `${url}/ledger?${clocks}`, token })).json();
  const months = found.months.map((month: Month) =>
    Object.fromEntries(Object.keys(ledger?.[0] ?? month).map((key) => [key, month[key as keyof Month]])),
  );
  return {
    status: verdict.status,
    codes: verdict.reasons.map((reason: { code: string }) => reason.code).sort(),
    arrears: verdict.arrears,
    ledger: months,
    credit: found.credit,
  };
}

/** How many rows each table of facts holds. */
async function factCounts() {
  const tables = [
    'employers',
    'employer_changes',
    'declarations',
    'assessments',
    'workers',
    'payments',
    'flags',
  ];
  const counts = await Promise.all(
    tables.map(async (table) => {
      const found = await service.deps.database.pool.query(`select count(*) as n from ${table}`);
      return [table, found.rows[0].n];
    }),
  );
  return Object.fromEntries(counts);
}

test('every employer stands as the separate computation says', async () => {
  await importAll();
  expect(expected.employers.length).toBeGreaterThan(50);
  for (const employer of expected.employers) {
    const { status, codes, arrears, ledger = [], credit = 0 } = employer;
    const standing = { status, codes: [...codes].sort(), arrears, ledger, credit };
    expect(await standingOf(employer, ''), `${employer.npp}`).toEqual(standing);
    expect(await standingOf(employer, `asOf=${expected.asOf}`), `${employer.npp}`).toEqual(standing);
  }
});

test('the same files again change nothing', async () => {
  const before = await factCounts();
  expect(before.declarations).toBeGreaterThan(400);
  await importAll();
  expect(await factCounts()).toEqual(before);
});
