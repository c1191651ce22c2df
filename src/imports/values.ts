import type { Sex } from '#src/domain/nik.ts';
import { PROGRAMMES } from '#src/domain/parameters.ts';
import { type Parsed, refuse } from './refusal.ts';
import { BROKEN } from './text.ts';

const EXCEL_ERROR = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|#+)$/;
const PLAIN_TEXT = /^[!-~]+(?: [!-~]+)*$/;
const PROGRAMME_BITS = new Map(PROGRAMMES.map((name, index) => [name as string, 1 << index]));

/**
 * The text that a cell means: without surrounding white space, the apostrophe that makes Excel keep text as text, and
 * the quotes of `"123"` and `="123"`.
 */
export function bareText(cell: string): string {
  const text = cell.trim();
  const first = text[0];
  if (first === "'") return text.slice(1).trim();
  if (first !== '"' && first !== '=') return text;
  return /^=?"([^"]*)"$/.exec(text)?.[1]?.trim() ?? text;
}

/** Whether a spreadsheet has put an error where the value was: `#REF!`, `#####`. */
export function isSpreadsheetError(text: string): boolean {
  return text.charCodeAt(0) === 35 && EXCEL_ERROR.test(text);
}

/** Text in one line of at most `longest` characters, in NFC, with single spaces. */
export function textUpTo(longest: number): (text: string) => Parsed<string> {
  return (text) => {
    if (text.length > longest) return refuse('text_too_long');
    if (PLAIN_TEXT.test(text)) return text;
    if (text.includes(BROKEN) || !text.isWellFormed()) return refuse('invalid_utf8');
    const line = text.normalize('NFC').replace(/\s+/g, ' ');
    return /\p{Cc}/u.test(line) ? refuse('control_character') : line;
  };
}

/** One of a few words, whatever their case and however they are joined: `alih daya`, `Alih_Daya`. */
export function oneOf<T extends string | boolean>(words: Record<string, T>): (text: string) => Parsed<T> {
  const meaning = new Map(Object.entries(words));
  return (text) => meaning.get(text.toLowerCase().replace(/[\s_-]+/g, '_')) ?? refuse('unknown_word');
}

/** `L` is *laki-laki*, male, and `P` *perempuan*, female; `M` and `F` are the English initials. */
export const parseSex = oneOf<Sex>({
  l: 'M',
  m: 'M',
  laki: 'M',
  laki_laki: 'M',
  pria: 'M',
  male: 'M',
  p: 'F',
  f: 'F',
  perempuan: 'F',
  wanita: 'F',
  female: 'F',
});

export const parseBoolean = oneOf<boolean>({
  ya: true,
  yes: true,
  true: true,
  '1': true,
  tidak: false,
  no: false,
  false: false,
  '0': false,
});

/** Programmes joined by any of `|` `,` `;` `+` `/` `&` or spaces, as a sum of 1 JKK, 2 JKM, 4 JHT, 8 JP. */
export function parseProgrammes(text: string): Parsed<number> {
  let mask = 0;
  for (const name of text.toUpperCase().split(/[|,;+/&\s]+/)) {
    if (name === '') continue;
    const bit = PROGRAMME_BITS.get(name);
    if (bit === undefined) return refuse('unknown_programme');
    mask |= bit;
  }
  return mask === 0 ? refuse('required') : mask;
}

/** A country as its two letters of ISO 3166-1; `WNI` is an Indonesian citizen. */
export function countryOf(text: string): Parsed<string> {
  const code = text.toUpperCase();
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
