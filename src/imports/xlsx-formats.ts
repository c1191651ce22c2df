import { addDays } from '#src/domain/civil.ts';
import { ImportFailure } from './endings.ts';
import { numberText } from './number-text.ts';
import { type Format, formatOfCode, textShown } from './xlsx-format-codes.ts';
import { attribute, type XmlSink } from './xlsx-xml.ts';

/** Where the days of a workbook are counted from: 1904 stands in those of old Macintoshes. */
export type DateSystem = 1900 | 1904;

const MOST_STYLES = 65_536;
/** Excel takes about 250. */
const MOST_FORMATS = 4_096;
/** In Excel, too. */
const LONGEST_CODE = 255;

/** The formats of ECMA-376 18.8.30 that show a day; 27 to 36 and 50 to 58 are those of East Asian languages. */
const BUILT_IN_DAYS = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;
const BUILT_IN_MONTH = 17;
const BUILT_IN_PERCENT = [9, 10];

const WHOLE = /^(?:0|[1-9]\d{0,14})$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const SECONDS_OF_DAY = 86_400;
/** Half a millisecond. */
const INEXACT_DAYS = 0.0005 / SECONDS_OF_DAY;
const LAST_DAY = 2_958_465;
const BEFORE_1904 = 1_462;
/** 29 February 1900, which Excel counts and the calendar does not have. */
const NO_SUCH_DAY = 60;
const MOST_DAYS_KEPT = 65_536;

/** How a workbook's numbers are meant to be read, by the styles of their cells. */
export class NumberFormats implements XmlSink {
  #system: DateSystem;
  #custom = new Map<number, Format>();
  #formats = 0;
  #styles: Format[] = [];
  /** Birth dates come again and again. */
  #days: string[] = [];

  constructor(system: DateSystem) {
    this.#system = system;
  }

  /** Reads the part of a workbook that holds its styles. */
  open(name: string, parent: string, attributes: string): void {
    if (name === 'numFmt' && parent === 'numFmts') {
      this.#formats += 1;
      const code = (attribute(attributes, 'formatCode') ?? '').slice(0, LONGEST_CODE);
      this.#custom.set(Number(attribute(attributes, 'numFmtId')), formatOfCode(code));
    } else if (name === 'xf' && parent === 'cellXfs') {
      this.#styles.push(this.#formatOf(Number(attribute(attributes, 'numFmtId') ?? 0)));
    }
    if (this.#formats > MOST_FORMATS || this.#styles.length > MOST_STYLES)
      throw new ImportFailure('workbook_unpacks_too_large');
  }

  /**
   * A number of a cell as text: a day as `2026-05-12`, with its time where it has one, a month as `2026-05`, else
   * digits. One beyond 15 digits, of which spreadsheets keep no more, is in scientific notation.
   */
  textOf(stored: string, style: number): string {
    const format = this.#styles[style] ?? 'number';
    if (format === 'number' && WHOLE.test(stored)) return stored;
    const text = stored.trim();
    if (!NUMBER.test(text) || !Number.isFinite(Number(text))) return text;
    const value = Number(text);
    if (format === 'day' || format === 'month') return this.#dateText(value, format) ?? numberText(value);
    return format === 'number' ? numberText(value) : textShown(format, value, numberText(value));
  }

  #formatOf(id: number): Format {
    const custom = this.#custom.get(id);
    if (custom !== undefined) return custom;
    if (id === BUILT_IN_MONTH) return 'month';
    if (BUILT_IN_PERCENT.includes(id)) return formatOfCode('0%');
    return BUILT_IN_DAYS.some(([first, last]) => id >= first && id <= last) ? 'day' : 'number';
  }

  #dateText(serial: number, format: 'day' | 'month'): string | undefined {
    // The last moments of a day are still that day's; only what a computation lost is given back.
    const stated = Math.floor(serial + INEXACT_DAYS);
    const number = this.#system === 1904 ? stated + BEFORE_1904 : stated;
    if (stated < (this.#system === 1904 ? 0 : 1) || number > LAST_DAY) return undefined;
    const day = this.#days[number] ?? this.#dayOf(number);
    if (format === 'month') return day.slice(0, 7);
    const seconds = Math.round((serial - stated) * SECONDS_OF_DAY);
    const rest = Math.min(SECONDS_OF_DAY - 1, Math.max(0, seconds));
    return rest === 0 ? day : `${day} ${new Date(rest * 1_000).toISOString().slice(11, 19)}`;
  }

  #dayOf(number: number): string {
    if (number === NO_SUCH_DAY) return '1900-02-29';
    const day = addDays('1899-12-30', number < NO_SUCH_DAY ? number + 1 : number);
    if (number < MOST_DAYS_KEPT) this.#days[number] = day;
    return day;
  }
}
