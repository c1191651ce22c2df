import { ImportFailure } from './endings.ts';
import { brokenLine, type Line, MAX_COLUMNS, MAX_LINE } from './lines.ts';
import type { ImportCode } from './messages.ts';
import { BROKEN } from './text.ts';
import { isSpreadsheetError } from './values.ts';
import { CellText, isText } from './xlsx-strings.ts';
import type { Workbook } from './xlsx-workbook.ts';
import { attribute, eachAttribute, type XmlSink } from './xlsx-xml.ts';

/** Rows and columns of a sheet in Excel. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

const NO_VALUE = '#VALUE!';
const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?).*)?$/;

/** Reads the rows of one sheet as lines, cells as text. */
export class SheetSink implements XmlSink {
  listening = false;
  #book: Workbook;
  #found: Line[] = [];

  #row = 0;
  #rowText = '';
  #cells: string[] = [];
  #length = 0;
  #refused: ImportCode | undefined;

  /** From 1. */
  #column = 0;
  #type = 'n';
  #style = 0;
  #place: string | undefined;
  #formula = false;
  #valued = false;
  #text = new CellText();

  constructor(book: Workbook) {
    this.#book = book;
  }

  /** The lines found since this was last asked. */
  taken(): Line[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  open(name: string, parent: string, attributes: string): void {
    if (name === 'c' && parent === 'row') this.#openCell(attributes);
    else if ((name === 'v' || name === 'is') && parent === 'c') this.#openValue(name);
    else if (name === 'row' && parent === 'sheetData') this.#openRow(attributes);
    else if (name === 'f' && parent === 'c') this.#formula = true;
    else if (isText(name, parent)) this.listening = this.#type === 'inlineStr';
    else if (parent === '' && name !== 'worksheet') throw damaged();
  }

  text(piece: string): void {
    this.#text.add(piece);
  }

  close(name: string, parent: string): void {
    if (name === 'v' || name === 't') this.listening = false;
    else if (name === 'c' && parent === 'row') this.#closeCell();
    else if (name === 'row' && parent === 'sheetData') this.#closeRow();
  }

  #openRow(attributes: string): void {
    const stated = attribute(attributes, 'r');
    const row = stated === undefined ? this.#row + 1 : Number(stated);
    if (!Number.isInteger(row) || row <= this.#row) throw damaged();
    if (row > MOST_ROWS) throw new ImportFailure('workbook_unpacks_too_large');
    this.#row = row;
    this.#rowText = String(row);
    this.#cells = [];
    this.#column = 0;
    this.#length = 0;
    this.#refused = undefined;
  }

  #openCell(attributes: string): void {
    this.#place = undefined;
    this.#type = 'n';
    this.#style = 0;
    eachAttribute(attributes, this.#noteAttribute);
    const column = this.#place === undefined ? this.#column + 1 : columnOf(this.#place, this.#rowText);
    if (column <= this.#column || column > MOST_COLUMNS) throw damaged();
    this.#column = column;
    this.#formula = this.#valued = false;
    this.#text.clear();
  }

  #noteAttribute = (name: string, value: string): boolean => {
    if (name === 'r') this.#place = value;
    else if (name === 't') this.#type = value;
    else if (name === 's') this.#style = Number(value);
    return false;
  };

  #openValue(name: string): void {
    // Some writers leave both.
    if ((name === 'is') !== (this.#type === 'inlineStr')) return;
    if (this.#valued) throw damaged();
    this.#valued = true;
    this.listening = name === 'v';
  }

  #closeCell(): void {
    const value = this.#value();
    if (value === '') return;
    this.#length += value?.length ?? 0;
    if (value === undefined) this.#refused ??= 'text_too_long';
    else if (this.#length > MAX_LINE) this.#refused ??= 'line_too_long';
    else if (this.#column > MAX_COLUMNS) this.#refused ??= 'too_many_columns';
    if (this.#refused !== undefined) return;
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells.push(value!);
  }

  /** What the cell at hand says; undefined for a text that is too long. */
  #value(): string | undefined {
    const text = this.#text.get();
    // A formula that nobody has computed says nothing, which is not the same as an empty cell.
    if (text === '') return this.#formula && this.#type !== 'str' ? NO_VALUE : '';
    if (text === undefined) return undefined;
    const { strings, formats, uncomputed } = this.#book;
    if (uncomputed && this.#formula && this.#type === 'n' && text === '0') return NO_VALUE;
    if (this.#type === 's') return strings.at(Number(text));
    if (this.#type === 'n') return formats.textOf(text, this.#style);
    if (this.#type === 'str' || this.#type === 'inlineStr') return text;
    if (this.#type === 'b') return text === '1' || text === 'true' ? 'TRUE' : 'FALSE';
    if (this.#type === 'e') return isSpreadsheetError(text) ? text : NO_VALUE;
    if (this.#type !== 'd') throw damaged();
    return text.replace(DAY_AND_TIME, (_, day: string, time = '') =>
      /[1-9]/.test(time) ? `${day} ${time}` : day,
    );
  }

  #closeRow(): void {
    const cells = this.#cells;
    if (this.#refused !== undefined)
      this.#found.push(brokenLine(this.#row, [{ code: this.#refused }], cells));
    else if (cells.some((cell) => cell.includes(BROKEN)))
      this.#found.push(brokenLine(this.#row, [{ code: 'invalid_utf8' }], cells));
    else if (cells.some((cell) => cell.trim() !== ''))
      this.#found.push({ line: this.#row, cells, rejections: undefined });
  }
}

/** The column, from 1, of a reference such as `AB12`; throws where it is in another row. */
function columnOf(place: string, row: string): number {
  let column = 0;
  let at = 0;
  for (; at < 3; at++) {
    const letter = place.charCodeAt(at) - 64;
    if (!(letter >= 1 && letter <= 26)) break;
    column = column * 26 + letter;
  }
  if (at === 0 || place.length !== at + row.length || !place.endsWith(row)) throw damaged();
  return column;
}

function damaged(): ImportFailure {
  return new ImportFailure('workbook_damaged');
}
