import type { Cited } from '#src/domain/cited.ts';
import {
  addDays,
  addPeriods,
  type Day,
  daysInMonth,
  onDay,
  type Period,
  weekday,
} from '#src/domain/civil.ts';

/** Which days are worked, from the yearly joint decrees on holidays. */
export type Calendar = {
  /** Neither Saturday nor Sunday nor holiday. */
  isWorkingDay(day: Day): boolean;
  /** Name of the holiday on the day, with its decree; undefined on any other day, a weekend too. */
  holidayOn(day: Day): Cited<string> | undefined;
  /** Collective leave that the day is worked on all the same: its name, and the rule that says so. */
  workedLeaveOn(day: Day): { name: string; rule: Cited<boolean> } | undefined;
  /** Whether the decree for the day's year is not entered, so that only the fixed holidays of it are known. */
  isProvisional(day: Day): boolean;
};

/** When a month's contribution falls due. */
export type DueRule = {
  /** Day of the month; a shorter month's last day where it has none such. */
  day: number;
  /** Month that the day lies in, seen from the contribution month. */
  month: 'same' | 'following';
  /** Where the due day goes when it is not a working day. */
  otherwise: 'next_working_day' | 'previous_working_day';
};

/**
 * The last day on which the contribution month can be paid without being late (for wage earners the 15th of the
 * following month or the next working day, PP 44/2015 art. 21).
 */
export function dueDay(period: Period, rule: DueRule, calendar: Calendar): Day {
  return daysToDue(period, rule, calendar).at(-1)!;
}

/** The days from the one that the rule states to the one that it leads to; only the last is a working day. */
export function daysToDue(period: Period, rule: DueRule, calendar: Calendar): Day[] {
  const month = addPeriods(period, rule.month === 'following' ? 1 : 0);
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  const step = rule.otherwise === 'next_working_day' ? 1 : -1;
  const days = [onDay(month, Math.min(rule.day, last))];
  while (!calendar.isWorkingDay(days.at(-1)!)) days.push(addDays(days.at(-1)!, step));
  return days;
}

/** Whether the day is a Saturday or a Sunday. */
export function isWeekend(day: Day): boolean {
  return weekday(day) % 6 === 0;
}
