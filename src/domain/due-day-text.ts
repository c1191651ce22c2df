import { type Period, weekday } from './civil.ts';
import { dayText, type Language } from './language.ts';
import { type Calendar, type DueRule, daysToDue } from './rules/due-day.ts';

const WEEKDAYS: Record<Language, readonly string[]> = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

const STATED = {
  id: {
    same: (day: number) => `tanggal ${day} bulan iuran`,
    following: (day: number) => `tanggal ${day} bulan berikutnya`,
  },
  en: {
    same: (day: number) => `day ${day} of the contribution month`,
    following: (day: number) => `day ${day} of the following month`,
  },
} satisfies Record<Language, object>;

/** What a rule states: `day 15 of the following month`. */
export function dueRuleText({ day, month }: DueRule, language: Language): string {
  return STATED[language][month](day);
}

/** The days that a due day moved over, each with why: `15 August 2026 (Saturday)`. */
export function daysMovedOver(
  period: Period,
  rule: DueRule,
  calendar: Calendar,
  language: Language,
): string[] {
  return daysToDue(period, rule, calendar)
    .slice(0, -1)
    .map((day) => {
      const why = calendar.holidayOn(day)?.value ?? WEEKDAYS[language][weekday(day)]!;
      return `${dayText(day, language)} (${why})`;
    });
}
