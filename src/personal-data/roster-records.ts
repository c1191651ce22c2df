/**
 * The record of a roster line: NIK (two halves of 4 bytes), one word of bit fields (4), wage in rupiah (7). Texts of a
 * line stand elsewhere: name, then citizenship unless `ID`, then placement contract if any, joined by line feeds.
 */

import { type Day, isDay } from '#src/domain/civil.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { Sex } from '#src/domain/nik.ts';
import { type AssessedColumns, emptyColumns } from '#src/domain/rules/roster-columns.ts';

/** One worker of one employer in one contribution month, as declared. */
export type RosterLine = {
  /** 16 digits. */
  nik: string;
  name: string;
  birthDate: Day;
  sex?: Sex;
  /** Country, two capital letters (ISO 3166-1). */
  citizenship: string;
  /** Monthly wage in rupiah. */
  wage: Rupiah;
  /** Sum of 1 JKK, 2 JKM, 4 JHT, 8 JP. */
  programmes: number;
  jkp?: boolean;
  employmentType?: 'permanent' | 'fixed_term' | 'daily' | 'outsourced';
  placementContract?: string;
};

export const RECORD_BYTES = 19;
const WORD_AT = 8;
const WAGE_AT = 12;
const TWO_32 = 2 ** 32;
const HOME = 'ID';

// The order is the format: values are stored by their place.
const SEX = [undefined, 'M', 'F'] as const;
const JKP = [undefined, false, true] as const;
const EMPLOYMENT = [undefined, 'permanent', 'fixed_term', 'daily', 'outsourced'] as const;
const DAILY = EMPLOYMENT.indexOf('daily');

// Lowest bit of each field in the word; the day is year - 1900 (9 bits), month (4), day (5).
const MONTH_AT = 5;
const YEAR_AT = 9;
const PROGRAMMES_AT = 18;
const SEX_AT = 22;
const JKP_AT = 24;
const EMPLOYMENT_AT = 26;
const CONTRACT_BIT = 1 << 29;
const FOREIGN_BIT = 1 << 30;

/** What of a line repeats from one to the next. */
export type RosterTraits = Pick<RosterLine, 'sex' | 'citizenship' | 'programmes' | 'jkp' | 'employmentType'>;

/** The bits of a word that say what repeats. */
export function traitsWord({ sex, citizenship, programmes, jkp, employmentType }: RosterTraits): number {
  return (
    (programmes << PROGRAMMES_AT) |
    (SEX.indexOf(sex) << SEX_AT) |
    (JKP.indexOf(jkp) << JKP_AT) |
    (EMPLOYMENT.indexOf(employmentType) << EMPLOYMENT_AT) |
    (citizenship === HOME ? 0 : FOREIGN_BIT)
  );
}

/** The bits of a word that say a day from 1900 on. */
export function dayWord(year: number, month: number, day: number): number {
  return ((year - 1900) << YEAR_AT) | (month << MONTH_AT) | day;
}

/** The bit of a word that says that there is a placement contract. */
export function contractWord(present: boolean): number {
  return present ? CONTRACT_BIT : 0;
}

/** Writes a record, its NIK as the numbers of its first and its last 8 digits; returns where it ends. */
export function writeRecord(
  into: Buffer,
  at: number,
  nikHigh: number,
  nikLow: number,
  word: number,
  wage: Rupiah,
): number {
  into.writeUInt32BE(nikHigh, at);
  into.writeUInt32BE(nikLow, at + 4);
  into.writeUInt32BE(word, at + WORD_AT);
  into.writeUIntBE(Math.floor(wage / TWO_32), at + WAGE_AT, 3);
  return into.writeUInt32BE(wage % TWO_32, at + WAGE_AT + 3);
}

/**
 * A line as its record and, after it, its texts. Names and contracts are put in NFC, trimmed, with one space for each
 * run of white space; an empty contract is none. Throws a RangeError that names line and field where a value is
 * outside its type's documentation.
 */
export function packRosterLine(line: RosterLine, index = 0): Buffer {
  const refuse = (field: keyof RosterLine): never => {
    throw new RangeError(`roster line ${index}: ${field} cannot be encoded`);
  };
  if (!/^\d{16}$/.test(line.nik)) refuse('nik');
  if (!isDay(line.birthDate)) refuse('birthDate');
  if (!/^[A-Z]{2}$/.test(line.citizenship)) refuse('citizenship');
  if (!Number.isSafeInteger(line.wage) || line.wage < 0) refuse('wage');
  if (!Number.isInteger(line.programmes) || line.programmes < 0 || line.programmes > 15) refuse('programmes');
  if (!SEX.includes(line.sex)) refuse('sex');
  if (!JKP.includes(line.jkp)) refuse('jkp');
  if (!EMPLOYMENT.includes(line.employmentType)) refuse('employmentType');

  const texts = [tidy(line.name)];
  if (line.citizenship !== HOME) texts.push(line.citizenship);
  const contract = tidy(line.placementContract ?? '');
  if (contract) texts.push(contract);
  const text = texts.join('\n');
  const packed = Buffer.allocUnsafe(RECORD_BYTES + Buffer.byteLength(text));
  const day = dayWord(...(line.birthDate.split('-').map(Number) as [number, number, number]));
  const word = day | traitsWord(line) | contractWord(contract !== '');
  packed.write(
    text,
    writeRecord(packed, 0, Number(line.nik.slice(0, 8)), Number(line.nik.slice(8)), word, line.wage),
  );
  return packed;
}

/** The NIK of a record. */
export function nikAt(records: Buffer, at: number): string {
  return half(records.readUInt32BE(at)) + half(records.readUInt32BE(at + 4));
}

/** The programmes of a record, as a sum of 1 JKK, 2 JKM, 4 JHT, 8 JP. */
export function programmesAt(records: Buffer, at: number): number {
  return programmesOf(records.readUInt32BE(at + WORD_AT));
}

/** How many texts the line of a record has. */
export function textCountAt(records: Buffer, at: number): number {
  const word = records.readUInt32BE(at + WORD_AT);
  return 1 + (word & FOREIGN_BIT ? 1 : 0) + (word & CONTRACT_BIT ? 1 : 0);
}

/** The line of a record; `text` gives its texts, one after the other. */
export function readRecord(records: Buffer, at: number, text: () => string): RosterLine {
  const word = records.readUInt32BE(at + WORD_AT);
  const line: RosterLine = {
    nik: nikAt(records, at),
    name: text(),
    birthDate: dayOfWord(word),
    citizenship: word & FOREIGN_BIT ? text() : HOME,
    wage: wageAt(records, at),
    programmes: programmesOf(word),
  };
  const sex = SEX[(word >> SEX_AT) & 0b11];
  const jkp = JKP[(word >> JKP_AT) & 0b11];
  const employmentType = EMPLOYMENT[employmentOf(word)];
  if (sex !== undefined) line.sex = sex;
  if (jkp !== undefined) line.jkp = jkp;
  if (employmentType !== undefined) line.employmentType = employmentType;
  if (word & CONTRACT_BIT) line.placementContract = text();
  return line;
}

/** The columns of records that stand one after the other from `at` on. */
export function readColumns(records: Buffer, at: number, count: number): AssessedColumns {
  const columns = emptyColumns(count);
  for (let index = 0; index < count; index += 1, at += RECORD_BYTES) {
    const word = records.readUInt32BE(at + WORD_AT);
    columns.wages[index] = wageAt(records, at);
    columns.programmes[index] = programmesOf(word);
    columns.births[index] =
      ((word >> YEAR_AT) & 0x1ff) * 10_000 + 19_000_000 + ((word >> MONTH_AT) & 0xf) * 100 + (word & 0x1f);
    columns.citizens[index] = word & FOREIGN_BIT ? 0 : 1;
    columns.daily[index] = employmentOf(word) === DAILY ? 1 : 0;
  }
  return columns;
}

function wageAt(records: Buffer, at: number): Rupiah {
  return records.readUIntBE(at + WAGE_AT, 3) * TWO_32 + records.readUInt32BE(at + WAGE_AT + 3);
}

function programmesOf(word: number): number {
  return (word >> PROGRAMMES_AT) & 0b1111;
}

function employmentOf(word: number): number {
  return (word >> EMPLOYMENT_AT) & 0b111;
}

function tidy(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim();
}

function dayOfWord(word: number): Day {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${1900 + ((word >> YEAR_AT) & 0x1ff)}-${two((word >> MONTH_AT) & 0xf)}-${two(word & 0x1f)}`;
}

function half(digits: number): string {
  return String(digits).padStart(8, '0');
}
