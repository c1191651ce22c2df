import type { ColumnOf, Header, ImportKind } from './columns.ts';
import type { Line, Rejection } from './lines.ts';
import { mask } from './mask.ts';
import type { ImportCode } from './messages.ts';
import { type Parsed, Refusal, refuse } from './refusal.ts';
import { bareText, isSpreadsheetError } from './values.ts';

/** A line as a typed row, or all that is wrong with it and what of the row could be read all the same. */
export type RowResult<Row> =
  | { ok: true; line: number; row: Row }
  | { ok: false; line: number; row: Partial<Row>; rejections: readonly Rejection[] };

type Parse<T> = (text: string) => Parsed<T>;
type Cell<T> = (cells: readonly string[]) => T;

/**
 * Reads the cells of one file's lines by column. Each column remembers its last text and value: in a roster the
 * employer, the month and the programmes repeat from line to line.
 */
export class CellReader<K extends ImportKind> {
  #header: Header<K>;
  #rejections: Rejection[] = [];

  constructor(header: Header<K>) {
    this.#header = header;
  }

  /** A column whose cells must not be empty. */
  required<T>(column: ColumnOf<K>, parse: Parse<T>): Cell<T> {
    return this.#cell<T>(column, parse, refuse('required'));
  }

  /** A column that may be absent or empty. */
  optional<T>(column: ColumnOf<K>, parse: Parse<T>): Cell<T | undefined> {
    return this.#cell<T | undefined>(column, parse, undefined);
  }

  /** Refuses the line at hand for what its cells say together, unless one of them is refused already. */
  contradiction(code: ImportCode, column?: ColumnOf<K>): void {
    if (this.#rejections.length > 0) return;
    const name = column && (this.#header.places.get(column)?.name ?? column);
    this.#rejections.push(name === undefined ? { code } : { code, column: name });
  }

  /** The reader of whole lines, given how a row is put together from its cells. */
  rows<Row>(build: Cell<Row>): (line: Line) => RowResult<Row> {
    return ({ line, cells, rejections }) => {
      const refused = rejections ?? this.#surplus(cells);
      const row = build(cells);
      const found = this.#rejections;
      if (refused === undefined && found.length === 0) return { ok: true, line, row };
      this.#rejections = [];
      return { ok: false, line, row, rejections: refused ?? found };
    };
  }

  /** A separator inside a value pushes the cells after it out of their columns. */
  #surplus(cells: readonly string[]): readonly Rejection[] | undefined {
    const { width } = this.#header;
    if (cells.length <= width || cells.slice(width).every((cell) => cell.trim() === '')) return undefined;
    return [{ code: 'too_many_cells' }];
  }

  #cell<T>(column: ColumnOf<K>, parse: Parse<T>, whenEmpty: Parsed<T>): Cell<T> {
    const place = this.#header.places.get(column);
    let lastCell = '';
    let last = whenEmpty;
    return (cells) => {
      // Excel leaves out trailing cells that are empty through some rows.
      const cell = place === undefined ? '' : (cells[place.at] ?? '');
      if (cell !== lastCell) {
        last = parseCell(cell, parse, whenEmpty);
        lastCell = cell;
      }
      if (!(last instanceof Refusal)) return last;
      this.#rejections.push({
        code: last.code,
        column: place?.name ?? column,
        value: mask(cell, place?.personal === true),
      });
      // The row that this goes into is dropped for its rejections.
      return undefined as T;
    };
  }
}

/** The value of one cell, or why it has none. */
export function parseCell<T>(cell: string, parse: Parse<T>, whenEmpty: Parsed<T>): Parsed<T> {
  const text = bareText(cell);
  if (text === '') return whenEmpty;
  return isSpreadsheetError(text) ? refuse('spreadsheet_error') : parse(text);
}
