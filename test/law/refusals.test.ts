import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LawDataError, loadLaw, readLawFiles } from '#src/law/index.ts';

const DATA = fileURLToPath(new URL('../../src/law/data', import.meta.url));
const JKM = 'pp-44-2015/jkm/rate.yaml';
const CEILING = 'pp-45-2015/jp/ceiling.yaml';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'law-'));
  cpSync(DATA, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function edit(file: string, from: string, to: string): void {
  const before = readFileSync(join(folder, file), 'utf8');
  expect(before).toContain(from);
  writeFileSync(join(folder, file), before.replace(from, to));
}

/** The last line with the text. */
function lineOf(file: string, text: string): number {
  return (
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .findLastIndex((line) => line.includes(text)) + 1
  );
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
    [
      'a missing basis',
      JKM,
      /    basis:[^]*/.exec(readFileSync(join(DATA, JKM), 'utf8'))![0],
      '',
      'from:',
      'basis',
    ],
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
    expect(() => loadLaw(readLawFiles(folder))).toThrow(LawDataError);
    expect(() => loadLaw(readLawFiles(folder))).toThrow(`${file}:${lineOf(file, at)}: `);
    expect(() => loadLaw(readLawFiles(folder))).toThrow(message);
  });
});

describe('the loader refuses, naming the file,', () => {
  test('a parameter that the computation reads and that is not there', () => {
    rmSync(join(folder, JKM));
    expect(() => loadLaw(readLawFiles(folder))).toThrow(`${JKM}: is missing`);
  });

  test('the same parameter in two files', () => {
    cpSync(join(folder, JKM), join(folder, 'pp-44-2015/jkm/copy.yaml'));
    expect(() => loadLaw(readLawFiles(folder))).toThrow(
      "pp-44-2015/jkm/copy.yaml:1: id: must be the file's path",
    );
  });

  test('a file that would be overlooked', () => {
    renameSync(join(folder, JKM), join(folder, 'pp-44-2015/jkm/rate.yml'));
    expect(() => loadLaw(readLawFiles(folder))).toThrow('pp-44-2015/jkm/rate.yml: must be named *.yaml');
  });

  test('the repeal of what every later month is computed from', () => {
    const basis = /    basis:[^]*/.exec(readFileSync(join(folder, JKM), 'utf8'))![0];
    edit(JKM, basis, `${basis}  - from: 2030-01\n    repealed: true\n${basis}`);
    expect(() => loadLaw(readLawFiles(folder))).toThrow(`${JKM}: must not end`);
  });

  test('a year of holidays that is left out', () => {
    renameSync(join(folder, 'calendar/2026.yaml'), join(folder, 'calendar/2027.yaml'));
    const text = readFileSync(join(folder, 'calendar/2027.yaml'), 'utf8');
    writeFileSync(join(folder, 'calendar/2027.yaml'), text.replaceAll('2026', '2027'));
    expect(() => loadLaw(readLawFiles(folder))).toThrow(
      'calendar/2027.yaml:1: year: leaves a hole after 2025',
    );
  });
});

describe('the version', () => {
  test('stays with comments and the order of keys', () => {
    const version = loadLaw(readLawFiles(folder)).version;
    edit(JKM, 'unit: percent\npayer: employer', '# a remark\npayer: employer\nunit: percent');
    expect(loadLaw(readLawFiles(folder)).version).toBe(version);
  });

  test.each([
    [JKM, '"0.30"', '"0.31"'],
    ['reasons.yaml', 'art. 22', 'art. 23'],
    ['calendar/2026.yaml', '2026-12-24', '2026-12-23'],
    ['check-policy.yaml', 'action: hold', 'action: ask_review'],
  ])('changes with the content of %s', (file, from, to) => {
    const version = loadLaw(readLawFiles(folder)).version;
    edit(file, from, to);
    expect(loadLaw(readLawFiles(folder)).version).not.toBe(version);
  });
});
