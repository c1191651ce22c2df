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

const DAY = /^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const PERIOD = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;
const JAKARTA_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

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

/** The day in Asia/Jakarta (UTC+7, no summer time) of an instant. */
export function dayOf(instant: Date): Day {
  return new Date(instant.getTime() + JAKARTA_OFFSET_MS).toISOString().slice(0, 10);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of the month `months` later, clamped to that month's end (31 January + 1 = 28 February). */
export function addMonths(day: Day, months: number): Day {
  const period = addPeriods(periodOf(day), months);
  const last = daysInMonth(Number(period.slice(0, 4)), Number(period.slice(5)));
  return onDay(period, Math.min(Number(day.slice(8)), last));
}

/** 0 for Sunday to 6 for Saturday. */
export function weekday(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay();
}

export function periodOf(day: Day): Period {
  return day.slice(0, 7);
}

export function addPeriods(period: Period, months: number): Period {
  const index = Number(period.slice(0, 4)) * 12 + Number(period.slice(5)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The day `number` of the month; the caller keeps it inside the month. */
export function onDay(period: Period, number: number): Day {
  return `${period}-${String(number).padStart(2, '0')}`;
}

/** The earlier of two days. */
export function earliest(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The later of two days (or periods). */
export function latest<T extends string>(a: T, b: T): T {
  return a > b ? a : b;
}
