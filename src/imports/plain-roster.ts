import { type Day, dayNumber, daysInMonth, type Period } from '#src/domain/civil.ts';
import {
  contractWord,
  dayWord,
  RECORD_BYTES,
  type RosterTraits,
  traitsWord,
  writeRecord,
} from '#src/personal-data/index.ts';
import { parseCell } from './cells.ts';
import type { ColumnOf, Header } from './columns.ts';
import type { HeldLines } from './held-lines.ts';
import { digitsAt, isPlainText, PlainCells, RepeatingCell } from './plain-cells.ts';
import type { PlainLines } from './plain-lines.ts';
import { type Parsed, Refusal, refuse } from './refusal.ts';
import { LONGEST_CONTRACT, LONGEST_NAME, type RosterParsers, rosterParsers } from './roster-rows.ts';

const DASH = 45;
const SLASH = 47;
const LF = 10;
const HOME = 'ID';
const ABSENT = -1;

type Column = ColumnOf<'rosters'>;

/**
 * Plain lines of a roster file, from the bytes of the file straight into those that are held, without a text or an
 * object on the way: a nation's rosters pass here. Taken is only what is right at a glance; how all else is meant, and
 * what is wrong with it, the reader of all lines knows.
 */
export class PlainRoster implements PlainLines<'rosters'> {
  passed = 0;
  lines = 0;
  #held: HeldLines;
  #parsers: RosterParsers;
  #today: number;
  #places: Partial<Record<Column, number>> | undefined;
  #cells = new PlainCells(0);
  #period: RepeatingCell<Parsed<Period>>;
  #traits: { [Trait in keyof RosterTraits]-?: RepeatingCell<Parsed<RosterTraits[Trait]>> };
  #newestTraits: RosterTraits = { citizenship: HOME, programmes: 0 };
  #word = 0;

  constructor(held: HeldLines, today: Day) {
    this.#held = held;
    this.#today = dayNumber(today);
    const parsers = rosterParsers(today);
    this.#parsers = parsers;
    const repeating = <T, Empty>(parse: (text: string) => Parsed<T>, whenEmpty: Empty) =>
      new RepeatingCell<Parsed<T> | Empty>((text) => parseCell<T | Empty>(text, parse, whenEmpty));
    this.#period = repeating(parsers.period, refuse('required'));
    this.#traits = {
      sex: repeating(parsers.sex, undefined),
      citizenship: repeating(parsers.citizenship, HOME),
      programmes: repeating(parsers.programmes, refuse('required')),
      jkp: repeating(parsers.jkp, undefined),
      employmentType: repeating(parsers.employmentType, undefined),
    };
  }

  open(header: Header<'rosters'>): void {
    this.#cells = new PlainCells(header.width);
    this.#places = Object.fromEntries([...header.places].map(([column, { at }]) => [column, at]));
  }

  take(bytes: Buffer, from: number, line: number, separator: number): number {
    this.passed = 0;
    if (this.#places === undefined) return from;
    for (let at = from; ; ) {
      const next = this.#cells.cut(bytes, at, separator);
      if (next < 0) return at;
      if (!this.#cells.blank) {
        if (!this.#keep(bytes, this.#places, line + this.passed)) return at;
        this.lines += 1;
      }
      this.passed += 1;
      at = next;
    }
  }

  #keep(bytes: Buffer, places: Partial<Record<Column, number>>, line: number): boolean {
    const { starts, ends } = this.#cells;
    const [nppAt, nppEnd] = [starts[places.npp!]!, ends[places.npp!]!];
    if (!isNpp(bytes, nppAt, nppEnd)) return false;
    const period = this.#period.read(bytes, starts[places.period!]!, ends[places.period!]!);
    if (period instanceof Refusal) return false;
    const nikAt = starts[places.nik!]!;
    if (ends[places.nik!] !== nikAt + 16) return false;
    const high = digitsAt(bytes, nikAt, nikAt + 8);
    const low = digitsAt(bytes, nikAt + 8, nikAt + 16);
    if (!isNik(high, low)) return false;
    const [nameAt, nameEnd] = [starts[places.name!]!, ends[places.name!]!];
    if (nameEnd - nameAt > LONGEST_NAME || !isPlainText(bytes, nameAt, nameEnd)) return false;
    const birth = this.#birthWord(bytes, starts[places.birthDate!]!, ends[places.birthDate!]!);
    if (birth === ABSENT) return false;
    const wage = this.#wage(bytes, starts[places.wage!]!, ends[places.wage!]!);
    if (wage === ABSENT) return false;
    if (!this.#readTraits(bytes, places)) return false;
    const contract = places.placementContract;
    const contractAt = contract === undefined ? 0 : starts[contract]!;
    const contractEnd = contract === undefined ? 0 : ends[contract]!;
    const placed = contractEnd > contractAt;
    if (
      placed &&
      (contractEnd - contractAt > LONGEST_CONTRACT || !isPlainText(bytes, contractAt, contractEnd))
    )
      return false;

    const size = RECORD_BYTES + nameEnd - nameAt + (placed ? 1 + contractEnd - contractAt : 0);
    let at = this.#held.addOf(bytes, nppAt, nppEnd, period, line, size);
    const into = this.#held.block;
    at = writeRecord(into, at, high, low, birth | this.#word | contractWord(placed), wage);
    for (let from = nameAt; from < nameEnd; from += 1) into[at++] = bytes[from]!;
    if (!placed) return true;
    into[at++] = LF;
    for (let from = contractAt; from < contractEnd; from += 1) into[at++] = bytes[from]!;
    return true;
  }

  /** Brings the word up to date with what repeats. Who comes from abroad has a text more: left to the other reader. */
  #readTraits(bytes: Buffer, places: Partial<Record<Column, number>>): boolean {
    const sex = this.#read(this.#traits.sex, bytes, places.sex);
    const citizenship = this.#read(this.#traits.citizenship, bytes, places.citizenship);
    const programmes = this.#read(this.#traits.programmes, bytes, places.programmes);
    const jkp = this.#read(this.#traits.jkp, bytes, places.jkp);
    const employmentType = this.#read(this.#traits.employmentType, bytes, places.employmentType);
    const newest = this.#newestTraits;
    if (
      sex === newest.sex &&
      programmes === newest.programmes &&
      citizenship === HOME &&
      jkp === newest.jkp &&
      employmentType === newest.employmentType
    )
      return true;
    if (sex instanceof Refusal || programmes instanceof Refusal || citizenship !== HOME) return false;
    if (jkp instanceof Refusal || employmentType instanceof Refusal) return false;
    this.#newestTraits = { sex, citizenship, programmes, jkp, employmentType } as RosterTraits;
    this.#word = traitsWord(this.#newestTraits);
    return true;
  }

  #read<T>(cell: RepeatingCell<T>, bytes: Buffer, place: number | undefined): T {
    if (place === undefined) return cell.read(bytes, 0, 0);
    return cell.read(bytes, this.#cells.starts[place]!, this.#cells.ends[place]!);
  }

  #birthWord(bytes: Buffer, start: number, end: number): number {
    if (end - start !== 10) return this.#birthWordOf(bytes.toString('latin1', start, end));
    const iso = bytes[start + 4] === DASH && bytes[start + 7] === DASH;
    if (!iso && !(bytes[start + 2] === SLASH && bytes[start + 5] === SLASH))
      return this.#birthWordOf(bytes.toString('latin1', start, end));
    const year = iso ? digitsAt(bytes, start, start + 4) : digitsAt(bytes, start + 6, end);
    const month = iso ? digitsAt(bytes, start + 5, start + 7) : digitsAt(bytes, start + 3, start + 5);
    const day = iso ? digitsAt(bytes, start + 8, end) : digitsAt(bytes, start, start + 2);
    if (year < 1900 || year > 2199 || month < 1 || month > 12) return ABSENT;
    if (day < 1 || day > daysInMonth(year, month)) return ABSENT;
    if (year * 10_000 + month * 100 + day >= this.#today) return ABSENT;
    return dayWord(year, month, day);
  }

  #birthWordOf(text: string): number {
    const day = parseCell(text, this.#parsers.birthDate, refuse('required'));
    if (day instanceof Refusal) return ABSENT;
    return dayWord(Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8)));
  }

  #wage(bytes: Buffer, start: number, end: number): number {
    const digits = end > start && end - start <= 9 ? digitsAt(bytes, start, end) : ABSENT;
    if (digits > 0) return digits;
    const wage = parseCell(bytes.toString('latin1', start, end), this.#parsers.wage, refuse('required'));
    return wage instanceof Refusal ? ABSENT : wage;
  }
}

/** In the form that is stored; others are put into it by the reader of all lines. */
function isNpp(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 4 || end - start > 20) return false;
  for (let at = start; at < end; at += 1) {
    const char = bytes[at]!;
    if (!((char >= 48 && char <= 57) || (char >= 65 && char <= 90))) return false;
  }
  return true;
}

/** Whether the first and the last eight digits make a NIK: its province, a day in either century, and a serial. */
function isNik(high: number, low: number): boolean {
  const province = Math.floor(high / 1_000_000);
  if (low < 0 || province < 11 || province > 96) return false;
  const [day, month] = [high % 100, Math.floor(low / 1_000_000)];
  if (month < 1 || month > 12 || low % 10_000 === 0) return false;
  const year = Math.floor(low / 10_000) % 100;
  const ofMonth = day > 40 ? day - 40 : day;
  return ofMonth > 0 && ofMonth <= Math.max(daysInMonth(1900 + year, month), daysInMonth(2000 + year, month));
}
