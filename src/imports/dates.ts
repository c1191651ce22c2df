import { type Day, isDay, isPeriod, type Period, periodOf } from '#src/domain/civil.ts';
import { type Parsed, Refusal, refuse } from './refusal.ts';

const MONTHS: readonly string[] = [
  'jan januari january',
  'feb peb februari pebruari february',
  'mar maret march',
  'apr april',
  'mei may',
  'jun juni june',
  'jul juli july',
  'agu agt ags agst agustus aug august',
  'sep sept september',
  'okt oct oktober october',
  'nov nop november nopember',
  'des dec desember december',
];
const MONTH_NUMBER = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name) => [name, String(index + 1)] as const)),
);

const LONGEST = 50;
const TIME_OF_DAY = /(?:T|\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,6})?)?$/;
const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const DAY_FIRST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/;
const DAY_AND_NAME = /^(\d{1,2})[-/. ]\s*([a-z]+)\.?[-/ ]\s*(\d{4})$/i;
const YEAR_OF_TWO_DIGITS = /^(?:\d{1,2}[-/. ]\s*)?(?:\d{1,2}|[a-z]+\.?)[-/. ]\s*'?\d{2}$/i;
const EXCEL_SERIAL = /^\d{5}(?:[.,]\d+)?$/;
const MONTH_FORMS = [
  /^(?<year>\d{4})[-/](?<month>\d{1,2})$/,
  /^(?<year>\d{4})(?<month>\d{2})$/,
  /^(?<month>\d{1,2})[-/](?<year>\d{4})$/,
  /^(?<name>[a-z]+)\.?[-/ ]\s*(?<year>\d{4})$/i,
];

/**
 * A day as people and spreadsheets in Indonesia write it: `1990-05-12`, `12/05/1990`, `12.05.1990`, `12 Mei 1990`,
 * each with a time of day or without. The day always comes before the month. What could be read in two ways, a year
 * of two digits or the bare number that Excel keeps a date as, is refused.
 */
export function parseDay(text: string): Parsed<Day> {
  if (ISO_DAY.test(text)) return existing(text);
  if (text.length > LONGEST) return refuse('date_format');
  const day = text.length > 10 ? text.replace(TIME_OF_DAY, '') : text;
  const numeric = YEAR_FIRST.exec(day);
  if (numeric) return assemble(numeric[1]!, numeric[3]!, numeric[4]!);
  const dayFirst = DAY_FIRST.exec(day);
  if (dayFirst) return assemble(dayFirst[4]!, dayFirst[3]!, dayFirst[1]!);
  const named = DAY_AND_NAME.exec(day);
  if (named) return assemble(named[3]!, monthNumber(named[2]!), named[1]!);
  if (EXCEL_SERIAL.test(day)) return refuse('excel_serial_date');
  return refuse(YEAR_OF_TWO_DIGITS.test(day) ? 'two_digit_year' : 'date_format');
}

/**
 * A contribution month: `2026-05`, `202605`, `05/2026`, `Mei 2026`, or its first day in any form of
 * {@link parseDay}, which is what Excel makes of a month.
 */
export function parsePeriod(text: string): Parsed<Period> {
  if (text.length > LONGEST) return refuse('period_format');
  if (isPeriod(text)) return text;
  for (const form of MONTH_FORMS) {
    const parts = form.exec(text)?.groups;
    if (!parts) continue;
    const month = parts.month ?? monthNumber(parts.name!);
    const period = `${parts.year}-${month.padStart(2, '0')}`;
    return isPeriod(period) ? period : refuse('period_format');
  }
  const day = parseDay(text);
  if (!(day instanceof Refusal)) return day.endsWith('-01') ? periodOf(day) : refuse('period_not_month');
  return day.code === 'date_format' ? refuse('period_format') : day;
}

function assemble(year: string, month: string, day: string): Parsed<Day> {
  return existing(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

function existing(day: string): Parsed<Day> {
  if (isDay(day)) return day;
  if (!/-(?:0[1-9]|1[0-2])-/.test(day)) return refuse('date_format');
  return refuse(/^(?:19|20|21)/.test(day) ? 'no_such_day' : 'year_out_of_range');
}

/** The month that a name stands for; no number for what is no name of a month. */
function monthNumber(name: string): string {
  return MONTH_NUMBER.get(name.toLowerCase()) ?? '';
}
