/**
 * NIK, the number of a resident: 16 digits that hold province, regency and district of first issue, the birth date
 * as DDMMYY with 40 added to a woman's day, and a serial from 0001. It has no check digit and never changes; the
 * region may be one that no longer exists (law.md 11.1).
 */

import { type Day, isDay } from './civil.ts';
import { type Parsed, typedText } from './identifiers.ts';

/** M male, F female. */
export type Sex = 'M' | 'F';

/** A NIK in its 16 digits with what it says about its holder. */
export type Nik = {
  value: string;
  sex: Sex;
  /** The days that DDMMYY can mean, oldest first: the NIK does not tell 19YY from 20YY. */
  birthDates: readonly Day[];
  /** The birth date, where only one is possible or the known one is among them. */
  birthDate?: Day;
};

export type NikRefusal =
  | 'nik_scientific'
  | 'nik_digits'
  | 'nik_lost_digit'
  | 'nik_length'
  | 'province_out_of_range'
  | 'day_out_of_range'
  | 'month_out_of_range'
  | 'serial_zero';

/** In what a NIK disagrees with what else is known of its holder. */
export type NikContradiction = 'birthDate' | 'sex';

const SCIENTIFIC = /^\d+(?:[.,]\d+)?e\+?\d{1,2}$/i;
const GROUPED = /^[\d\s.-]*$/;
// Excel keeps 15 digits: a NIK that it wrote with thousands or decimals has lost its last one.
const NUMBER_FORMAT = /\.\d{1,3}$/;
const SEPARATORS = /[\s.-]/g;

/**
 * Reads a NIK; spaces, dots and dashes may group its digits, and one apostrophe may precede it. `knownBirthDate`
 * settles the century where it fits and is otherwise ignored: see {@link nikMatches}. What a spreadsheet has
 * destroyed is refused: `nik_scientific` for `3.40101E+15`, `nik_lost_digit` for 15 digits.
 */
export function parseNik(text: string, knownBirthDate?: Day): Parsed<Nik, NikRefusal> {
  const typed = typedText(text);
  if (SCIENTIFIC.test(typed)) return refuse('nik_scientific');
  if (!GROUPED.test(typed)) return refuse('nik_digits');
  const value = typed.replace(SEPARATORS, '');
  if (value.length === 15) return refuse('nik_lost_digit');
  if (value.length !== 16) return refuse('nik_length');
  if (NUMBER_FORMAT.test(typed)) return refuse('nik_digits');

  const province = Number(value.slice(0, 2));
  if (province < 11 || province > 96) return refuse('province_out_of_range');
  const month = value.slice(8, 10);
  if (month < '01' || month > '12') return refuse('month_out_of_range');
  const birthDates = birthDatesOf(value);
  if (birthDates.length === 0) return refuse('day_out_of_range');
  if (value.endsWith('0000')) return refuse('serial_zero');

  const nik = { ok: true as const, value, sex: sexOf(value), birthDates };
  const birthDate =
    birthDates.length === 1 ? birthDates[0] : birthDates.find((day) => day === knownBirthDate);
  return birthDate === undefined ? nik : { ...nik, birthDate };
}

/**
 * Whether a NIK agrees with a birth date and, where given, a sex. A contradiction is a signal to look, never a
 * reason to refuse: real NIKs were issued on wrong papers and stay as they are.
 */
export function nikMatches(
  nik: string,
  birthDate: Day,
  sex?: Sex,
): { matches: boolean; contradicts: NikContradiction[] } {
  const contradicts: NikContradiction[] = [];
  if (!birthDatesOf(nik).includes(birthDate)) contradicts.push('birthDate');
  if (sex !== undefined && sex !== sexOf(nik)) contradicts.push('sex');
  return { matches: contradicts.length === 0, contradicts };
}

/**
 * A NIK as those may see it who must not identify its holder: the regency of first issue and nothing of birth date
 * and serial. A text that is no NIK is hidden whole.
 */
export function maskNik(nik: string): string {
  return /^\d{16}$/.test(nik) ? `${nik.slice(0, 4)}************` : '*'.repeat(Math.min(nik.length, 16));
}

function birthDatesOf(nik: string): Day[] {
  const day = Number(nik.slice(6, 8));
  const dayOfMonth = String(day > 40 ? day - 40 : day).padStart(2, '0');
  const rest = `${nik.slice(10, 12)}-${nik.slice(8, 10)}-${dayOfMonth}`;
  return [`19${rest}`, `20${rest}`].filter(isDay);
}

function sexOf(nik: string): Sex {
  return Number(nik.slice(6, 8)) > 40 ? 'F' : 'M';
}

function refuse(code: NikRefusal): { ok: false; code: NikRefusal } {
  return { ok: false, code };
}
