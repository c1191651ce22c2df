import { repeatsName } from '#src/http/bodies.ts';
import {
  type ColumnOf,
  columnNames,
  columnsOf,
  type Header,
  type ImportKind,
  readHeader,
  shownUnknown,
  takesList,
} from './columns.ts';
import { brokenLine, type Line, MAX_LINE, type Rejection } from './lines.ts';
import { numberText, PRECISION } from './number-text.ts';
import { BROKEN, readText } from './text.ts';

const LIST_SEPARATOR = '|';
const EXPONENT = /\d[eE][+-]?\d/;
const MANY_DIGITS = new RegExp(`(?:\\d\\.?){${PRECISION + 1}}`);

/** The columns of the lines that {@link readNdjson} gives. */
export function ndjsonHeader<K extends ImportKind>(kind: K): Header<K> {
  const result = readHeader(kind, columnsOf(kind));
  if (!result.ok) throw new Error(`columns of ${kind} contradict themselves`);
  return result.header;
}

/**
 * Lines of an NDJSON file in batches, in bounded memory, with their values as texts in the order of
 * {@link ndjsonHeader}. Keys are the names of columns, Indonesian or English. A line that is no object, or that has
 * keys or values with no place in a column, becomes a rejected line.
 */
export async function* readNdjson(chunks: AsyncIterable<Buffer>, kind: ImportKind): AsyncGenerator<Line[]> {
  const cut = lineReader(kind);
  let number = 0;
  let rest = '';
  let tooLong = false;
  for await (const block of readText(chunks)) {
    const texts = (rest + block).split('\n');
    rest = texts.pop()!;
    const found: Line[] = [];
    for (const text of texts) {
      number++;
      if (tooLong || text.length > MAX_LINE) found.push(brokenLine(number, [{ code: 'line_too_long' }]));
      else if (text.trim() !== '') found.push(cut(number, text));
      tooLong = false;
    }
    if (rest.length > MAX_LINE) {
      tooLong = true;
      rest = '';
    }
    yield found;
  }
  number++;
  if (tooLong) yield [brokenLine(number, [{ code: 'line_too_long' }])];
  else if (rest.trim() !== '') yield [cut(number, rest)];
}

function lineReader<K extends ImportKind>(kind: K): (number: number, text: string) => Line {
  const names = columnNames(kind);
  const width = columnsOf(kind).length;
  const { places } = ndjsonHeader(kind);
  return (number, text) => {
    const broken = text.includes(BROKEN);
    const object = parsed(text);
    if (object === undefined) return brokenLine(number, [{ code: broken ? 'invalid_utf8' : 'invalid_json' }]);
    const cells: string[] = new Array(width).fill('');
    const seen = new Set<ColumnOf<K>>();
    const rejections: Rejection[] = repeatsName(text, object) ? [{ code: 'duplicate_column' }] : [];
    for (const [key, value] of Object.entries(object)) {
      const column = names.get(key.toLowerCase());
      const cell = Array.isArray(value) ? listed(value) : textOf(value);
      if (column === undefined) rejections.push({ code: 'unknown_column', column: shownUnknown(kind, key) });
      else if (seen.has(column)) rejections.push({ code: 'duplicate_column', column: key });
      else if (cell === undefined || (Array.isArray(value) && !takesList(kind, column)))
        rejections.push({ code: 'nested_value', column: key });
      else {
        seen.add(column);
        cells[places.get(column)!.at] = cell;
      }
    }
    if (broken) return brokenLine(number, [{ code: 'invalid_utf8' }], cells);
    return { line: number, cells, rejections: rejections.length > 0 ? rejections : undefined };
  };
}

/**
 * The object on a line. Numbers of more digits than are exact, and those with an exponent, which are a spreadsheet's
 * rounding as often as not, are taken as they are written.
 */
function parsed(text: string): object | undefined {
  try {
    let value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (EXPONENT.test(text) || Object.values(value).some(isInexact)) value = JSON.parse(text, asWritten);
    return value as object;
  } catch {
    return undefined;
  }
}

function isInexact(value: unknown): boolean {
  return typeof value === 'number' && !Number.isSafeInteger(value);
}

/** What a number says does not hang on what stands beside it. In a list it is none of a column's values either way. */
function asWritten(this: unknown, _key: string, value: unknown, { source = '' }: { source?: string } = {}) {
  if (typeof value !== 'number' || Array.isArray(this)) return value;
  if (EXPONENT.test(source)) return source;
  if (Number.isSafeInteger(value)) return value;
  return MANY_DIGITS.test(source) ? source : numberText(value);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? undefined : String(value);
}

function listed(values: readonly unknown[]): string | undefined {
  return values.every((value) => typeof value === 'string') ? values.join(LIST_SEPARATOR) : undefined;
}
