import { UNSEEN } from '#src/domain/unseen.ts';
import { isRounded } from './number-text.ts';
import { type Parsed, refuse } from './refusal.ts';
import { BROKEN } from './text.ts';

const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const EQUALS = 61;
const LETTER_E = 69;
/** Those of Excel, of Google Sheets, and `Err:502` of LibreOffice. */
const SPREADSHEET_ERROR =
  /^(?:#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|DATA!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|PYTHON!|EXTERNAL!|TIMEOUT!|ERROR!|GETTING_DATA|#+)|Err:\d{3})$/;
const PLAIN_TEXT = /^[!-~]+(?: [!-~]+)*$/;

/**
 * The text that a cell means: without surrounding white space, the apostrophe that makes Excel keep text as text, and
 * the quotes of `"123"` and `="123"`.
 */
export function bareText(cell: string): string {
  const text = cell.trim();
  const first = text.charCodeAt(0);
  if (first === APOSTROPHE) return text.slice(1).trim();
  if (first !== QUOTE && first !== EQUALS) return text;
  return /^=?"([^"]*)"$/.exec(text)?.[1]?.trim() ?? text;
}

/** Whether a spreadsheet has put an error where the value was: `#REF!`, `#####`. */
export function isSpreadsheetError(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first === HASH || first === LETTER_E) && SPREADSHEET_ERROR.test(text);
}

/** NFC makes one of at most so many UTF-16 units: of a letter with three marks. */
const MOST_COMPOSED = 4;

/**
 * Text on one line of at most `longest` characters, in NFC, with single spaces. A line break is refused: it is how the
 * next line looks when a stray quote has swallowed it. What is four times as long is refused unread, even if most of it
 * is white space: a small workbook may repeat a long text in all its cells. A number that a spreadsheet has rounded is
 * refused: nobody knows which one it was.
 */
export function textUpTo(longest: number): (text: string) => Parsed<string> {
  return (text) => {
    if (text.length > longest * MOST_COMPOSED) return refuse('text_too_long');
    if (isRounded(text)) return refuse('scientific_notation');
    if (PLAIN_TEXT.test(text)) return text.length > longest ? refuse('text_too_long') : text;
    if (text.includes(BROKEN) || !text.isWellFormed()) return refuse('invalid_utf8');
    const tidy = text.normalize('NFC').replace(/[\p{Zs}\t]+/gu, ' ');
    // NFC makes some characters three.
    if (tidy.length > longest) return refuse('text_too_long');
    return UNSEEN.test(tidy) ? refuse('control_character') : tidy;
  };
}

/** Text as {@link textUpTo} gives it, whose lines are joined to one. */
export function linesUpTo(longest: number): (text: string) => Parsed<string> {
  const oneLine = textUpTo(longest);
  return (text) =>
    text.length > longest * MOST_COMPOSED ? refuse('text_too_long') : oneLine(text.replace(/[\r\n]+/g, ' '));
}

/** A whole number from 0 on, with groups of three or without: `1250`, `1.250`, `1,250`. */
export function countUpTo(most: number): (text: string) => Parsed<number> {
  return (text) => {
    if (!/^\d{1,15}$/.test(text) && !/^[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)$/.test(text))
      return refuse('count_format');
    const count = Number(text.replace(/[.,]/g, ''));
    return count > most ? refuse('count_too_large') : count;
  };
}

/** A country as its two letters of ISO 3166-1; `WNI` is an Indonesian citizen. */
export function countryOf(text: string): Parsed<string> {
  const code = text.length > 3 ? '' : text.toUpperCase();
  if (code === 'WNI') return 'ID';
  return /^[A-Z]{2}$/.test(code) ? code : refuse('country_format');
}

/** Degrees north or east, with a decimal point or comma. */
export function degreesWithin(limit: number): (text: string) => Parsed<number> {
  return (text) => {
    if (!/^-?\d{1,3}(?:[.,]\d{1,15})?$/.test(text)) return refuse('coordinate_format');
    const degrees = Number(text.replace(',', '.'));
    return Math.abs(degrees) <= limit ? degrees : refuse('coordinate_format');
  };
}
