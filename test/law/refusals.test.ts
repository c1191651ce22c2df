import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addPeriods } from '#src/domain/civil.ts';
import { LawDataError, loadLaw, readLawFiles } from '#src/law/index.ts';

const JKM = 'pp-44-2015/jkm/rate.yaml';
const CEILING = 'pp-45-2015/jp/ceiling.yaml';
const INCOMES = 'pp-44-2015/bpu/income-bands.yaml';
const CONTRACTS = 'permenaker-5-2021/construction/jkk-by-value.yaml';
const GROWTH = 'pp-45-2015/jp/ceiling-growth.yaml';
const RELIEF = 'pp-49-2020/jkk/part-paid.yaml';
const PADAT_KARYA = 'pp-7-2025/jkk/class-iii.yaml';
const ROUNDING = 'policy/rounding.yaml';
const WEIGHTS = 'policy/inspection-weights.yaml';

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
    [
      'a finding without an action',
      'placement-policy.yaml',
      '      terms_disputed: { action: proceed_with_conditions }\n',
      '',
      'findings:',
      'findings.terms_disputed',
    ],
    ['an alias', JKM, 'unit: percent', 'unit: *percent', 'unit:', 'must not have anchors or aliases'],
    ['an anchor', JKM, 'unit: percent', 'unit: &unit percent', 'unit:', 'must not have anchors or aliases'],
    [
      'aliases that would grow without end',
      JKM,
      'unit: percent',
      'a: &a [x, x]\nb: &b [*a, *a]\nunit: [*b, *b]',
      'unit:',
      'must not have anchors or aliases',
    ],
    ['an unseen NUL', JKM, 'status: C1', 'status: C1\u0000', 'status:', 'control or invisible characters'],
    [
      'an escape that turns the direction of writing',
      JKM,
      '"art. 18(1)"',
      '"art. \\u202e(1)81"',
      'article:',
      'control or invisible characters',
    ],
    [
      'a turn of the direction of writing in a remark',
      JKM,
      'unit: percent',
      'unit: percent # \u2066',
      'unit:',
      'control or invisible characters',
    ],
    ['bytes that are no text', JKM, 'status: C1', 'status: C1 # \ufffd', 'status:', 'invisible characters'],
    ['a percentage above 100', JKM, '"0.30"', '"100.0001"', 'value:', 'must not be above 100'],
    ['a growth below -100', GROWTH, '"-2.07"', '"-100.01"', 'value: "-100.01"', 'must be from -100 to 100'],
    [
      'a term of no days',
      'pp-86-2013/sanctions/fine-term.yaml',
      '"30"',
      '"0"',
      'value:',
      'must be from 1 to 1000',
    ],
    ['no working days', 'pp-44-2015/reporting/change.yaml', '"7"', '"0"', 'value:', 'must be from 1 to 1000'],
    [
      'an average over no months',
      'pp-44-2015/wage/weather-months.yaml',
      '"12"',
      '"0"',
      'value:',
      'must be from 1 to 120',
    ],
    ['no warnings', 'pp-86-2013/sanctions/warnings.yaml', '"2"', '"0"', 'value:', 'must be from 1 to 100'],
    [
      'a relief from no workers on',
      'pp-7-2025/jkk/fewest-workers.yaml',
      '"50"',
      '"0"',
      'value: "0"',
      'must be from 1 to 100000',
    ],
    [
      'an age that nobody reaches',
      'pp-45-2015/jp/retirement-age.yaml',
      '"65"',
      '"650"',
      'value: "650"',
      'must be from 1 to 120',
    ],
    [
      'division 00',
      'policy/indicative-jkk-class.yaml',
      'II: "01"',
      'II: 00-01',
      'II: 00-01',
      'must be KBLI divisions',
    ],
    [
      'a choice that is not implemented',
      ROUNDING,
      'value: half_up_per_worker_programme_and_payer',
      'value: down',
      'value:',
      'must be one of half_up_per_worker_programme_and_payer: nothing else is implemented',
    ],
    [
      'a choice that is not a product decision of Patuh',
      JKM,
      'unit: percent',
      'unit: choice',
      'value:',
      'nothing else is implemented',
    ],
    [
      'a product decision outside the policies',
      JKM,
      'status: C1',
      'status: product_decision',
      'status:',
      'must not be a product decision',
    ],
    [
      'a policy on checks that begins too late',
      'check-policy.yaml',
      'from: 2015-07-01',
      'from: 2015-07-02',
      'from:',
      'leaves a hole from 2015-07-01',
    ],
    [
      'a first value within the first month',
      JKM,
      'from: 2015-07',
      'from: 2015-07-02',
      'from:',
      'leaves a hole from 2015-07 to 2015-07-02',
    ],
    ['a repeal of nothing', RELIEF, 'value: "1"', 'repealed: true # nothing', '# nothing', 'repeals nothing'],
    [
      'what every month needs, introduced later',
      JKM,
      'values:\n  - from: 2015-07',
      'introduced: 2016-01\nvalues:\n  - from: 2016-01',
      'from:',
      'must not be after 2015-07-01',
    ],
    [
      'what every month needs, confirmed for a time only',
      JKM,
      'payer:',
      'confirmedUntil: 2030-12\npayer:',
      'confirmedUntil:',
      'must not end',
    ],
    [
      'another unit than the computation reads',
      'pp-44-2015/jkk/class-i.yaml',
      'unit: percent',
      'unit: growth',
      'unit:',
      'must be percent',
    ],
    ['JKM at the worker’s cost', JKM, 'payer: employer', 'payer: worker', 'payer:', 'must be employer'],
    [
      'JKK at the worker’s cost',
      PADAT_KARYA,
      'payer: employer',
      'payer: worker',
      'payer:',
      'must be employer',
    ],
    [
      'a JP ceiling that never ends',
      CEILING,
      'confirmedUntil: 2027-02\n',
      '',
      'id: pp-45',
      'confirmedUntil: is missing',
    ],
    [
      'a JP ceiling that does not follow from its growth',
      CEILING,
      '"11086300"',
      '"11086400"',
      'value: "11086400"',
      'must be 11086300',
    ],
    [
      'an income beyond its band',
      INCOMES,
      'nominal: "1400000"',
      'nominal: "1500000"',
      'nominal: "1500000"',
      'must lie in its band',
    ],
    [
      'an income below its band',
      INCOMES,
      'nominal: "20700000"',
      'nominal: "20199999"',
      'nominal: "20199999"',
      'must lie in its band',
    ],
    [
      'a rate that rises with the value',
      CONTRACTS,
      'rate: "0.17"',
      'rate: "0.22"',
      'rate: "0.22"',
      'must not be above the rate of the band before',
    ],
    [
      'other limits for JKM than for JKK',
      'permenaker-5-2021/construction/jkm-by-value.yaml',
      'value:\n      - { from: "0", rate: "0.03" }\n',
      'value: # limits\n      - { from: "0", rate: "0.03" }\n      - { from: "1", rate: "0.03" }\n',
      '# limits',
      'must have the limits of JKK',
    ],
    [
      'a class whose relief begins by itself',
      PADAT_KARYA,
      'introduced: 2025-02\nvalues:\n  - from: 2025-02',
      'introduced: 2025-03\nvalues:\n  - from: 2025-03',
      'from: 2025-03',
      'must begin with class I, 2025-02',
    ],
    [
      'a class whose relief ends by itself',
      PADAT_KARYA,
      'from: 2026-02',
      'from: 2026-03',
      'from: 2026-03',
      'must end with class I, 2026-02',
    ],
    [
      'a retirement age that falls',
      'pp-45-2015/jp/retirement-age.yaml',
      'value: "60"',
      'value: "58"',
      'value: "58"',
      'must not be below 59',
    ],
    [
      'weights of a priority that are not all of it',
      WEIGHTS,
      'weight: "300"',
      'weight: "301"',
      'value:',
      'must have weights of 1000 in all, not 1001',
    ],
    [
      'a part of a priority that is never full',
      WEIGHTS,
      'fullAt: "200"',
      'fullAt: "0"',
      'workers: {',
      'must be from 1 to',
    ],
    [
      'a signal that weighs more than a finding',
      WEIGHTS,
      'signalWeight: "75"',
      'signalWeight: "151"',
      'evidence: {',
      'must not be above 150',
    ],
    [
      'a deferral that ends before it begins',
      'pp-49-2020/jp/deferred-until.yaml',
      '"2022-04-15"',
      '"2021-05-14"',
      'value:',
      'must not be before 2021-05-15',
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
      mkdirSync(join(folder, 'jkm'));
      for (const name of ['README.md', 'jkm/rate.yaml']) writeFileSync(join(folder, name), DATA.get(JKM)!);
      expect([...readLawFiles(folder).keys()]).toEqual(['jkm/rate.yaml']);
      const overlooked = ['README.md', 'RATE.YAML', 'rate.txt', 'rate.yaml~', 'rate.yml'];
      for (const name of overlooked) writeFileSync(join(folder, 'jkm', name), '');
      expect(() => readLawFiles(folder)).toThrow(
        overlooked
          .map((name) => `jkm/${name}: must be named *.yaml`)
          .sort()
          .join('\n'),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('the repeal of what every later month is computed from', () => {
    const basis = /    basis:[^]*/.exec(files.get(JKM)!)![0];
    edit(JKM, basis, `${basis}  - from: 2030-01\n    repealed: true\n${basis}`);
    expect(refusal()).toContain(`${JKM}:${lineOf(JKM, 'repealed')}: values.1.repealed: must not end`);
  });

  test('a part of a rate that is not exact', () => {
    edit(RELIEF, 'value: "1"', 'value: "1.01"');
    expect(refusal()).toContain(`${RELIEF}:${lineOf(RELIEF, '1.01')}: values.0.value: in 2020-08: not exact`);
  });

  test('a part that is not exact of a rate that is in force from a day within a month on', () => {
    const basis = /    basis:[^]*/.exec(files.get(JKM)!)![0];
    edit(JKM, basis, `${basis}  - from: 2020-10-02\n    value: "0.3050"\n${basis}`);
    edit(JKM, 'from: 2015-07', 'from: 2015-07-01');
    const part = 'pp-49-2020/jkm/part-paid.yaml';
    expect(refusal()).toContain(`${part}:${lineOf(part, 'value:')}: values.0.value: in 2020-11: not exact`);
  });

  test('a year of holidays that is left out', () => {
    files.set('calendar/2027.yaml', DATA.get('calendar/2026.yaml')!.replaceAll('2026', '2027'));
    files.delete('calendar/2026.yaml');
    expect(refusal()).toBe('calendar/2027.yaml:1: year: leaves a hole after 2025');
  });

  test('a calendar without any year', () => {
    for (const file of DATA.keys()) if (/^calendar\/\d/.test(file)) files.delete(file);
    expect(refusal()).toBe('calendar/: has no year');
  });

  test('a file that ends before it says anything, and one that is nested without end', () => {
    for (const text of ['', '# nothing', '['.repeat(20_000)]) {
      files.set(JKM, text);
      expect(refusal()).toContain(`${JKM}:1: `);
    }
  });
});

test('whatever happens to a line, the law is refused by file and line or can be computed with', () => {
  const written = [
    '"0"',
    '"1"',
    '"100"',
    '"999999999999999"',
    '1.5',
    'null',
    '[]',
    '{}',
    '*a',
    '2199-12',
    '2015-07-15',
  ];
  const change = fc.constantFrom('remove', 'double', ...written);
  fc.assert(
    fc.property(fc.constantFrom(...DATA.keys()), fc.nat(), change, (file, at, how) => {
      const lines = DATA.get(file)!.split('\n');
      const index = at % lines.length;
      const line = lines[index]!;
      if (how === 'remove') lines.splice(index, 1);
      else lines.splice(index, 1, ...(how === 'double' ? [line, line] : [line.replace(/: .*/, `: ${how}`)]));
      files = new Map(DATA).set(file, lines.join('\n'));
      const said = refusal();
      if (said !== 'not refused') return /^[^\n:]+\.yaml:\d+: /.test(said);
      const law = loadLaw(files);
      for (let period = law.firstPeriod; period < '2029-01'; period = addPeriods(period, 1)) {
        if (Object.values(law.at(period).jkk).some(({ value }) => !Number.isInteger(value))) return false;
      }
      return Object.values(law.reportingTerms('2026-11-21')).every(({ value }) => value > 0);
    }),
    { numRuns: 60 },
  );
});

test('a byte order mark is no fault', () => {
  files.set(JKM, `\ufeff${DATA.get(JKM)!}`);
  expect(refusal()).toBe('not refused');
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
    ['placement-policy.yaml', 'action: hold', 'action: ask_review'],
  ])('changes with the content of %s', (file, from, to) => {
    const version = loadLaw(files).version;
    edit(file, from, to);
    expect(loadLaw(files).version).not.toBe(version);
  });
});
