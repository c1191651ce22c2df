/**
 * Civil days and contribution months. A day is the text `YYYY-MM-DD`, a contribution month (period, *bulan
 * iuran*) is `YYYY-MM`; both order as text. Nothing here knows what day it is: code that needs today is given it.
 */

/** A calendar day in Asia/Jakarta, `YYYY-MM-DD`, years 1900 to 2199. */
export type Day = string;

/** A contribution month, `YYYY-MM`. */
export type Period = string;

/** An instant, RFC 3339 in UTC with milliseconds: orders as text. */
export type Instant = string;

/** Later than every recording. */
export const EVER: Instant = '9999';

const DAY = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const PERIOD = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;
const JAKARTA_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** Every month that is reached from a day or a period, a century to either side, so that none is ever put together anew. */
const FIRST_MONTH = 1800 * 12;
const MONTHS = Array.from({ length: 500 * 12 }, (_, index): Period => {
  const month = FIRST_MONTH + index;
  return `${Math.floor(month / 12)}-${TWO_DIGITS[(month % 12) + 1]}`;
});

/** Whether the text is a day that exists: `2026-02-30` does not. */
export function isDay(text: string): text is Day {
  return (
    DAY.test(text) && Number(text.slice(8)) <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
  );
}

/** Whether the text is a contribution month. */
export function isPeriod(text: string): text is Period {
  return PERIOD.test(text);
}

/** The number of days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** A day as a number that orders as days do: 19900512; 0 for no day. */
export function dayNumber(day: Day): number {
  return Number(day.replaceAll('-', ''));
}

/** The day in Asia/Jakarta (UTC+7, no summer time) of an instant. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + JAKARTA_OFFSET_MS).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  let number = numberOf(day, 8) + days;
  // Every month has 28 days: most steps stay inside theirs.
  if (number >= 1 && number <= 28) return onDay(periodOf(day), number);
  if (Math.abs(days) <= YEAR_DAYS) {
    let month = monthIndex(day);
    while (number < 1) {
      month -= 1;
      number += lengthOf(month);
    }
    for (let length = lengthOf(month); number > length; length = lengthOf(month)) {
      number -= length;
      month += 1;
    }
    const period = MONTHS[month - FIRST_MONTH];
    if (period !== undefined) return onDay(period, number);
  }
  // Far away, or in other centuries, as days in a workbook can be.
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of the month `months` later, clamped to that month's end (31 January + 1 = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const index = monthIndex(day) + months;
  return onDay(MONTHS[index - FIRST_MONTH]!, Math.min(numberOf(day, 8), lengthOf(index)));
}

/**
 * How many months after `start` the day lies, a month begun being a month: the smallest n from 0 on with
 * day <= {@link addMonths}(start, n).
 */
export function monthsAfter(start: Day, day: Day): number {
  if (day <= start) return 0;
  const index = monthIndex(day);
  const anniversary = Math.min(numberOf(start, 8), lengthOf(index));
  return index - monthIndex(start) + (numberOf(day, 8) > anniversary ? 1 : 0);
}

/** The first day that lies more than so many months after `start`: on it {@link monthsAfter} becomes one more. */
export function firstDayBeyond(start: Day, months: number): Day {
  return addDays(addMonths(start, months), 1);
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay();
}

export function periodOf(day: Day): Period {
  return day.slice(0, 7);
}

export function addPeriods(period: Period, months: number): Period {
  return MONTHS[monthIndex(period) + months - FIRST_MONTH]!;
}

/** The day `number` of the month; the caller keeps it inside the month. */
export function onDay(period: Period, number: number): Day {
  return `${period}-${TWO_DIGITS[number]}`;
}

/** Months since the year 0 of a day's month or of a period. */
function monthIndex(text: Day | Period): number {
  return numberOf(text, 0) * 1200 + numberOf(text, 2) * 12 + numberOf(text, 5) - 1;
}

/** The two digits at a place of the text as a number. */
function numberOf(text: string, place: number): number {
  return (text.charCodeAt(place) - 48) * 10 + text.charCodeAt(place + 1) - 48;
}

/** The number of days of the month with this index. */
function lengthOf(index: number): number {
  return daysInMonth(Math.floor(index / 12), (index % 12) + 1);
}

/** The earlier of two days. */
export function earliest(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The later of two days (or periods). */
export function latest<T extends string>(a: T, b: T): T {
  return a > b ? a : b;
}
