import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import { type Calendar, isWeekend } from '#src/domain/rules/due-day.ts';
import { Basis, DayText, Text } from './basis.ts';
import { LawDataError } from './law-data-error.ts';
import type { LawFiles } from './law-files.ts';
import type { Series } from './series.ts';
import { readYaml } from './yaml-file.ts';

const FIXED = 'calendar/fixed.yaml';

const FixedHolidays = z.strictObject({
  basis: Basis,
  nationalHolidays: z.record(z.string().regex(/^\d\d-\d\d$/, 'must be MM-DD'), Text),
});

const HolidayYear = z.strictObject({
  year: z.string().regex(/^\d{4}$/, 'must be a year in quotes'),
  basis: Basis,
  nationalHolidays: z.record(DayText, Text),
  collectiveLeave: z.record(DayText, Text),
});

/** Holidays that fall on the same day (`MM-DD`) every year, with their names. */
export type FixedHolidays = z.infer<typeof FixedHolidays>;

/** Holidays and collective leave (*cuti bersama*) of a year, with their names, from its joint decree. */
export type HolidayYear = z.infer<typeof HolidayYear>;

/** Reads the decrees on holidays; refuses a year left out between two that are entered. */
export function readCalendar(files: LawFiles): { fixed: FixedHolidays; years: HolidayYear[] } {
  const fixed = readYaml(files, FIXED, FixedHolidays);
  const names = [...files.keys()].filter((file) => file.startsWith('calendar/') && file !== FIXED).sort();
  const years = names.map((file) =>
    readYaml(files, file, yearFile(file.slice('calendar/'.length, -'.yaml'.length), fixed)),
  );
  for (const [index, { year }] of years.entries()) {
    const before = years[index - 1]?.year;
    if (before !== undefined && Number(year) !== Number(before) + 1) {
      throw new LawDataError([`calendar/${year}.yaml:1: year: leaves a hole after ${before}`]);
    }
  }
  return { fixed, years };
}

/** Working days from the decrees; `leaveIsWorked` says whether collective leave counts as a working day. */
export function calendarOf(
  { fixed, years }: { fixed: FixedHolidays; years: readonly HolidayYear[] },
  leaveIsWorked: Series<boolean>,
): Calendar {
  const byYear = new Map(years.map((year) => [year.year, year]));
  const holidayOn = (day: Day): string | undefined => {
    const year = byYear.get(day.slice(0, 4));
    if (!year) return fixed.nationalHolidays[day.slice(5)];
    const leave = leaveIsWorked.on(day)?.value === true ? undefined : year.collectiveLeave[day];
    return year.nationalHolidays[day] ?? leave;
  };
  return {
    isProvisional: (day) => !byYear.has(day.slice(0, 4)),
    isWorkingDay: (day) => !isWeekend(day) && holidayOn(day) === undefined,
    holidayOn,
  };
}

function yearFile(name: string, fixed: FixedHolidays): z.ZodType<HolidayYear> {
  return HolidayYear.superRefine(({ year, nationalHolidays, collectiveLeave }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (year !== name) refuse(['year'], `must be the file's name, ${name}`);
    for (const [list, days] of Object.entries({ nationalHolidays, collectiveLeave })) {
      for (const day of Object.keys(days))
        if (!day.startsWith(year)) refuse([list, day], `must be in ${year}`);
    }
    for (const day of Object.keys(fixed.nationalHolidays)) {
      if (!(`${year}-${day}` in nationalHolidays))
        refuse(['nationalHolidays'], `must contain ${year}-${day}`);
    }
    for (const day of Object.keys(collectiveLeave)) {
      if (day in nationalHolidays) refuse(['collectiveLeave', day], 'must not be a national holiday too');
    }
  });
}
