import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { LawDataError, loadLaw, readLawFiles } from '#src/law/index.ts';

const JKM = 'pp-44-2015/jkm/rate.yaml';
const CEILING = 'pp-45-2015/jp/ceiling.yaml';
const INCOMES = 'pp-44-2015/bpu/income-bands.yaml';
const CONTRACTS = 'permenaker-5-2021/construction/jkk-by-value.yaml';
const RELIEF = 'pp-49-2020/jkk/part-paid.yaml';

const DATA = readLawFiles();

let files: Map<string, string>;
beforeEach(() => {
  files = new Map(DATA);
});

function edit(file: string, from: string, to: string): void {
  const before = files.get(file)!;
  expect(before).toContain(from);
  files.set(file, before.replace(from, to));
}

/** The last line with the text. */
function lineOf(file: string, text: string): number {
  return (
    files
      .get(file)!
      .split('\n')
      .findLastIndex((line) => line.includes(text)) + 1
  );
}

/** What the loader says of the files. */
function refusal(): string {
  try {
    loadLaw(files);
  } catch (error) {
    if (error instanceof LawDataError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('the loader refuses, naming file and line,', () => {
  const cases: [what: string, file: string, from: string, to: string, at: string, message: string][] = [
    [
      'a float',
      JKM,
      '"0.30"',
      '0.30',
      'value:',
      'must be an exact decimal as quoted text, not a YAML number',
    ],
    [
      'a whole number unquoted',
      CEILING,
      '"7335300"',
      '7335300',
      'value: 7335300',
      'must be a whole number as quoted',
    ],
    ['more decimals than are exact', JKM, '"0.30"', '"0.30001"', 'value:', 'at most 4 places'],
    [
      'a hole before the first value',
      JKM,
      'from: 2015-07',
      'from: 2016-01',
      'from:',
      'leaves a hole from 2015-07',
    ],
    ['a missing article', JKM, '      article: "art. 18(1)"\n', '', 'basis:', 'values.0.basis.article'],
    ['an empty article', JKM, '"art. 18(1)"', '""', 'article:', 'values.0.basis.article'],
    ['a missing basis', JKM, /    basis:[^]*/.exec(DATA.get(JKM)!)![0], '', 'from:', 'basis'],
    ['an unknown status', JKM, 'status: C1', 'status: sure', 'status:', 'values.0.basis.status'],
    ['an unknown unit', JKM, 'unit: percent', 'unit: dollars', 'unit:', 'unit'],
    ['a unit that the computation does not expect', JKM, 'unit: percent', 'unit: rupiah', 'value:', 'value'],
    [
      'another id than the path',
      JKM,
      'id: pp-44-2015/jkm/rate',
      'id: pp-44-2015/jkm',
      'id: pp-44',
      "must be the file's path",
    ],
    [
      'two values from the same month',
      CEILING,
      'from: 2016-03',
      'from: 2015-07',
      'from: 2015-07',
      'must be after',
    ],
    [
      'values out of order',
      CEILING,
      'from: 2017-03',
      'from: 2016-02',
      'from: 2016-02',
      'must be after 2016-03',
    ],
    [
      'a day among months',
      CEILING,
      'from: 2017-03',
      'from: 2017-03-01',
      '2017-03-01',
      'must be a month, or a day',
    ],
    [
      'a month that does not exist',
      CEILING,
      'from: 2017-03',
      'from: 2017-13',
      '2017-13',
      'must be a contribution month',
    ],
    ['an end date', JKM, 'unit: percent', 'until: 2030-01\nunit: percent', 'until:', 'until'],
    [
      'a value and its repeal at once',
      JKM,
      '    value: "0.30"',
      '    value: "0.30"\n    repealed: true',
      'from:',
      'either',
    ],
    ['neither value nor repeal', JKM, '    value: "0.30"\n', '', 'from:', 'either a value or repealed'],
    ['a key twice', JKM, 'unit: percent', 'unit: percent\nunit: percent', 'unit:', 'unique'],
    [
      'confirmation that ended before the last value',
      CEILING,
      '2027-02',
      '2025-02',
      'confirmedUntil',
      'confirmedUntil',
    ],
    [
      'a hole before the first band',
      INCOMES,
      '{ from: "0", ',
      '{ from: "1", ',
      '{ from: "1", ',
      'leaves a hole from 0 to 1',
    ],
    [
      'two bands that overlap',
      INCOMES,
      'from: "1300000"',
      'from: "1100000"',
      'nominal: "1400000"',
      'two bands would overlap',
    ],
    [
      'bands out of order',
      CONTRACTS,
      'from: "1000000000"',
      'from: "400000000"',
      'from: "400000000"',
      'must be above 500000000',
    ],
    ['a band with a float', CONTRACTS, '"0.17"', '0.17', 'rate: 0.17', 'not a YAML number'],
    [
      'a limit of a band as a number',
      CONTRACTS,
      '"500000000"',
      '500000000',
      'from: 500000000',
      'quoted text',
    ],
    ['a band without a value', INCOMES, ', nominal: "1400000"', '', '{ from: "1300000"', 'nominal'],
    [
      'limits of scale that fall',
      'pp-7-2021/scale/limits.yaml',
      'small: "5000000000"',
      'small: "500000000"',
      'small: "500000000", medium: "10000000000"',
      'must be above micro',
    ],
    [
      'growth as a float',
      'pp-45-2015/jp/ceiling-growth.yaml',
      '"-2.07"',
      '-2.07',
      'value: -2.07',
      'not a YAML number',
    ],
    [
      'a day that does not exist',
      'pp-49-2023/jkp/promulgated-on.yaml',
      '"2023-10-06"',
      '"2023-10-36"',
      'value:',
      'must be a day that exists',
    ],
    [
      'a beginning that is not the first value',
      RELIEF,
      'introduced: 2020-08',
      'introduced: 2020-07',
      'introduced:',
      "must be the first value's from",
    ],
    [
      'a later beginning that is not stated',
      RELIEF,
      'introduced: 2020-08\n',
      '',
      'from: 2020-08',
      'leaves a hole',
    ],
    [
      'a repeal before another value',
      'pp-7-2025/jkk/class-i.yaml',
      'value: "0.120"\n    basis:\n      instrument: PP 36',
      'repealed: true # here\n    basis:\n      instrument: PP 36',
      '# here',
      'leaves a hole before the next value',
    ],
    [
      'an industry twice',
      'pp-7-2025/jkk/industries.yaml',
      'value: [food_drink_tobacco, ',
      'value: [toys, ',
      'value: [toys, ',
      'must not name an industry twice',
    ],
    [
      'a division in two classes',
      'policy/indicative-jkk-class.yaml',
      'II: "01"',
      'II: 01 46',
      'value:',
      'division twice',
    ],
    [
      'a holiday outside its year',
      'calendar/2026.yaml',
      '2026-05-14',
      '2027-05-14',
      '2027-05-14',
      'must be in 2026',
    ],
    [
      'a year without a fixed holiday',
      'calendar/2026.yaml',
      '  2026-08-17: Hari Kemerdekaan\n',
      '',
      'nationalHolidays:',
      'must contain 2026-08-17',
    ],
    ['a reason without its law', 'reasons.yaml', 'PLAN:', 'PLANS:', 'PLANS:', 'PLANS'],
    [
      'a status without an action',
      'check-policy.yaml',
      '      compliant: proceed\n',
      '',
      'actions:',
      'actions.compliant',
    ],
  ];
  test.each(cases)('%s', (_, file, from, to, at, message) => {
    edit(file, from, to);
    const said = refusal();
    expect(said).toContain(`${file}:${lineOf(file, at)}: `);
    expect(said).toContain(message);
  });
});

describe('the loader refuses, naming the file,', () => {
  test('a parameter that the computation reads and that is not there', () => {
    files.delete(JKM);
    expect(refusal()).toContain(`${JKM}: is missing`);
  });

  test('the same parameter in two files', () => {
    files.set('pp-44-2015/jkm/copy.yaml', DATA.get(JKM)!);
    expect(refusal()).toContain("pp-44-2015/jkm/copy.yaml:1: id: must be the file's path");
  });

  test('a file that would be overlooked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'law-'));
    try {
      writeFileSync(join(folder, 'rate.yml'), DATA.get(JKM)!);
      expect(() => readLawFiles(folder)).toThrow('rate.yml: must be named *.yaml');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the repeal of what every later month is computed from', () => {
    const basis = /    basis:[^]*/.exec(files.get(JKM)!)![0];
    edit(JKM, basis, `${basis}  - from: 2030-01\n    repealed: true\n${basis}`);
    expect(refusal()).toContain(`${JKM}: must not end`);
  });

  test('a part of a rate that is not exact', () => {
    edit(RELIEF, 'value: "1"', 'value: "1.01"');
    expect(refusal()).toContain(`${RELIEF}:1: in 2020-08: not exact`);
  });

  test('a year of holidays that is left out', () => {
    files.set('calendar/2027.yaml', DATA.get('calendar/2026.yaml')!.replaceAll('2026', '2027'));
    files.delete('calendar/2026.yaml');
    expect(refusal()).toBe('calendar/2027.yaml:1: year: leaves a hole after 2025');
  });
});

describe('the version', () => {
  test('stays with comments and the order of keys', () => {
    const version = loadLaw(files).version;
    edit(JKM, 'unit: percent\npayer: employer', '# a remark\npayer: employer\nunit: percent');
    expect(loadLaw(files).version).toBe(version);
  });

  test.each([
    [JKM, '"0.30"', '"0.31"'],
    ['reasons.yaml', 'art. 22', 'art. 23'],
    ['calendar/2026.yaml', '2026-12-24', '2026-12-23'],
    ['check-policy.yaml', 'action: hold', 'action: ask_review'],
  ])('changes with the content of %s', (file, from, to) => {
    const version = loadLaw(files).version;
    edit(file, from, to);
    expect(loadLaw(files).version).not.toBe(version);
  });
});
