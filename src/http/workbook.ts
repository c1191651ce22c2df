import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';

/** Media type of a workbook (ECMA-376). */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What stands in a cell: a text is never run as a formula. */
export type Cell = string | number | boolean | null;

/** Rows of a sheet, with that of the headings, and characters of a cell, that a spreadsheet takes at most. */
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;
const LONGEST_NAME = 28;

/**
 * A workbook as bytes, made while it is read: memory stays the same however many rows there are, and `rows` are ended
 * when the reader stops early. What does not fit on the sheet goes on to `{name}_2` and so on, each with the headings.
 *
 * @param name letters, digits and dashes
 */
export function workbook(
  name: string,
  headings: readonly string[],
  rows: AsyncIterable<Cell[]>,
  { rowsPerSheet = MOST_ROWS }: { rowsPerSheet?: number } = {},
): Readable {
  const bytes = writeXlsxStream(rows, {
    name: name.slice(0, LONGEST_NAME),
    columns: headings.map((header) => ({ header })),
    freezePane: { rows: 1 },
    maxRowsPerSheet: rowsPerSheet,
  });
  return Readable.fromWeb(bytes as ReadableStream);
}

/** A value of an answer as a cell: numbers that are exact as numbers, lists joined by bars. */
export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  const exact = typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
  if (exact && Number.isFinite(value)) return value as number;
  return textOf(Array.isArray(value) ? value.join('|') : String(value));
}

/** What XML cannot hold is replaced, and what the format would read as an escape (`_x0041_`) is escaped itself. */
function textOf(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_');
}
