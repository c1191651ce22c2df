import { z } from 'zod';
import type { Cited } from '#src/domain/cited.ts';
import type { Day } from '#src/domain/civil.ts';
import { type Calendar, isWeekend } from '#src/domain/rules/due-day.ts';
import { Basis, citation, DayText, Text } from './basis.ts';
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
  if (years.length === 0) throw new LawDataError(['calendar/: has no year']);
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
  const leaveOn = (day: Day) => byYear.get(day.slice(0, 4))?.collectiveLeave[day];
  const holidayOn = (day: Day): Cited<string> | undefined => {
    const year = byYear.get(day.slice(0, 4));
    if (!year) return named(fixed.nationalHolidays[day.slice(5)], FIXED, fixed.basis);
    const leave = leaveIsWorked.on(day)?.value === true ? undefined : leaveOn(day);
    return named(year.nationalHolidays[day] ?? leave, `calendar/${year.year}.yaml`, year.basis);
  };
  return {
    isProvisional: (day) => !byYear.has(day.slice(0, 4)),
    isWorkingDay: (day) => !isWeekend(day) && holidayOn(day) === undefined,
    holidayOn,
    workedLeaveOn(day) {
      const [name, rule] = [leaveOn(day), leaveIsWorked.on(day)];
      return name !== undefined && rule?.value === true ? { name, rule } : undefined;
    },
  };
}

/** A holiday with the decree that names it. */
function named(name: string | undefined, file: string, basis: Basis): Cited<string> | undefined {
  if (name === undefined) return undefined;
  return {
    value: name,
    parameter: file.slice(0, -'.yaml'.length),
    article: citation(basis),
    title: { id: 'Hari libur', en: 'Holidays' },
    certainty: basis.status,
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
