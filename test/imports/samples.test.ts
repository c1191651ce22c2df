import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf, type ImportKind } from '#src/imports/columns.ts';
import { IMPORT_MESSAGES } from '#src/imports/messages.ts';
import { ndjsonHeader } from '#src/imports/ndjson.ts';
import { READERS, rowsOf } from './row-reading.ts';

describe('the sample files are taken whole', () => {
  const months = ['05', '06', '07', '08', '09', '10'].map(
    (month) => ['rosters', `rosters-2026-${month}`] as const,
  );
  test.each([['employers', 'employers'], ['payments', 'payments'], ...months] as const)(
    '%s: %s.csv',
    async (kind, name) => {
      const file = readFileSync(new URL(`../data/kulon-progo/${name}.csv`, import.meta.url));
      const results = await rowsOf(kind, file);
      expect(results.length).toBe(file.toString().trim().split('\n').length - 1);
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
    },
  );
});

test('no cells make a reader throw, and each refusal has its message', () => {
  const fragment = fc.constantFrom(
    'Rp',
    '3.500',
    ',00',
    '12/05/1990',
    'Mei',
    '-',
    'E+15',
    '3471010108745131',
    '#REF!',
    "'",
    '"',
    ' ',
  );
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragment, { maxLength: 4 }).map((parts) => parts.join('')),
  );
  const kinds = fc.constantFrom<ImportKind>('employers', 'rosters', 'payments', 'evidence');
  fc.assert(
    fc.property(kinds, fc.array(cell, { minLength: 17, maxLength: 17 }), (kind, cells) => {
      const read = READERS[kind](ndjsonHeader(kind));
      const result = read({ line: 2, cells: cells.slice(0, columnsOf(kind).length), rejections: undefined });
      for (const { code } of result.ok ? [] : result.rejections)
        expect(IMPORT_MESSAGES[code].id).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});
