/**
 * A roster as bytes, to be sealed as one value: version (1 byte), number of lines (4), one record of 19 bytes a line
 * in the order of NIK, then all texts, joined by line feeds. The same lines in any order give the same bytes.
 *
 * Record: NIK (two halves of 4 bytes), one word of bit fields (4), wage in rupiah (7). Texts of a line: name, then
 * citizenship unless `ID`, then placement contract if any.
 */

import { type Day, isDay } from '#src/domain/civil.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { Sex } from '#src/domain/nik.ts';
import { PersonalDataError } from './errors.ts';

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

type Entry = { nik: string; word: number; wage: Rupiah; texts: string };

const VERSION = 1;
const HEADER_BYTES = 5;
const RECORD_BYTES = 19;
const TWO_32 = 2 ** 32;
const HOME = 'ID';

// The order is the format: values are stored by their place.
const SEX = [undefined, 'M', 'F'] as const;
const JKP = [undefined, false, true] as const;
const EMPLOYMENT = [undefined, 'permanent', 'fixed_term', 'daily', 'outsourced'] as const;

// Lowest bit of each field in the word; the day is year - 1900 (9 bits), month (4), day (5).
const PROGRAMMES_AT = 18;
const SEX_AT = 22;
const JKP_AT = 24;
const EMPLOYMENT_AT = 26;
const CONTRACT_BIT = 1 << 29;
const FOREIGN_BIT = 1 << 30;

/**
 * The canonical bytes of a roster. Names and contracts are stored in NFC, trimmed, with one space for each run of
 * white space; an empty contract is none. Throws a RangeError that names line and field where a value is outside
 * its type's documentation.
 */
export function encodeRoster(lines: readonly RosterLine[]): Buffer {
  const entries = lines.map(entryOf).sort(compare);
  const records = Buffer.allocUnsafe(HEADER_BYTES + entries.length * RECORD_BYTES);
  records.writeUInt8(VERSION, 0);
  let at = records.writeUInt32BE(entries.length, 1);
  for (const { nik, word, wage } of entries) {
    at = records.writeUInt32BE(Number(nik.slice(0, 8)), at);
    at = records.writeUInt32BE(Number(nik.slice(8)), at);
    at = records.writeUInt32BE(word, at);
    at = records.writeUIntBE(Math.floor(wage / TWO_32), at, 3);
    at = records.writeUInt32BE(wage % TWO_32, at);
  }
  return Buffer.concat([records, Buffer.from(entries.map(({ texts }) => texts).join('\n'))]);
}

/** The lines of an encoded roster, in the order of NIK. */
export function decodeRoster(encoded: Buffer): RosterLine[] {
  const count = encoded.length < HEADER_BYTES ? Infinity : encoded.readUInt32BE(1);
  const textsAt = HEADER_BYTES + count * RECORD_BYTES;
  if (encoded[0] !== VERSION || encoded.length < textsAt) {
    throw new PersonalDataError('roster_malformed', 'not an encoded roster');
  }
  const texts = encoded.toString('utf8', textsAt).split('\n').values();
  const text = () => texts.next().value ?? '';
  return Array.from({ length: count }, (_, index) => {
    const at = HEADER_BYTES + index * RECORD_BYTES;
    const word = encoded.readUInt32BE(at + 8);
    const line: RosterLine = {
      nik: half(encoded.readUInt32BE(at)) + half(encoded.readUInt32BE(at + 4)),
      name: text(),
      birthDate: dayOfWord(word),
      citizenship: word & FOREIGN_BIT ? text() : HOME,
      wage: encoded.readUIntBE(at + 12, 3) * TWO_32 + encoded.readUInt32BE(at + 15),
      programmes: (word >> PROGRAMMES_AT) & 0b1111,
    };
    const sex = SEX[(word >> SEX_AT) & 0b11];
    const jkp = JKP[(word >> JKP_AT) & 0b11];
    const employmentType = EMPLOYMENT[(word >> EMPLOYMENT_AT) & 0b111];
    if (sex !== undefined) line.sex = sex;
    if (jkp !== undefined) line.jkp = jkp;
    if (employmentType !== undefined) line.employmentType = employmentType;
    if (word & CONTRACT_BIT) line.placementContract = text();
    return line;
  });
}

function entryOf(line: RosterLine, index: number): Entry {
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

  const contract = tidy(line.placementContract ?? '');
  let word =
    wordOfDay(line.birthDate) |
    (line.programmes << PROGRAMMES_AT) |
    (SEX.indexOf(line.sex) << SEX_AT) |
    (JKP.indexOf(line.jkp) << JKP_AT) |
    (EMPLOYMENT.indexOf(line.employmentType) << EMPLOYMENT_AT);
  let texts = tidy(line.name);
  if (line.citizenship !== HOME) {
    word |= FOREIGN_BIT;
    texts += `\n${line.citizenship}`;
  }
  if (contract) {
    word |= CONTRACT_BIT;
    texts += `\n${contract}`;
  }
  return { nik: line.nik, word, wage: line.wage, texts };
}

/** Total on content, so that lines of one NIK have one order too. */
function compare(a: Entry, b: Entry): number {
  if (a.nik !== b.nik) return a.nik < b.nik ? -1 : 1;
  if (a.texts !== b.texts) return a.texts < b.texts ? -1 : 1;
  return a.word - b.word || a.wage - b.wage;
}

function tidy(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim();
}

function wordOfDay(day: Day): number {
  return ((Number(day.slice(0, 4)) - 1900) << 9) | (Number(day.slice(5, 7)) << 5) | Number(day.slice(8));
}

function dayOfWord(word: number): Day {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${1900 + ((word >> 9) & 0b111111111)}-${two((word >> 5) & 0b1111)}-${two(word & 0b11111)}`;
}

function half(digits: number): string {
  return String(digits).padStart(8, '0');
}
