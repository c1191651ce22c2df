import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Cited, JkkClass, Law } from '#src/domain/parameters.ts';
import { calendarOf, type HolidayYear, readCalendar } from './calendar.ts';
import { readCheckPolicy } from './check-policy.ts';
import { LawDataError } from './law-data-error.ts';
import type { LawParameter } from './parameter.ts';
import { periodsOf } from './periods.ts';
import { readReasons } from './reasons.ts';
import { lastingSeriesOf, readParameters } from './series.ts';
import type { ReadAs, UnitName } from './units.ts';

const DATA = fileURLToPath(new URL('./data', import.meta.url));

/** The law as the domain reads it, and as it is written, for who wants to check it. */
export type LoadedLaw = Law & {
  /** Every parameter in the order of its id. */
  parameters: readonly LawParameter[];
  /** The years whose decree on holidays is entered. */
  holidayYears: readonly HolidayYear[];
};

/**
 * Reads the law from its files. Throws {@link LawDataError}, naming file and line, rather than load a value without
 * an article, out of order, inexact, of an unknown unit or in the wrong place.
 */
export function loadLaw(folder: string = DATA): LoadedLaw {
  const parameters = readParameters(folder);
  const holidays = readCalendar(folder);
  const reasons = readReasons(folder);
  const checkPolicy = readCheckPolicy(folder);

  const calendar = calendarOf(
    holidays,
    lastingSeriesOf(parameters, 'policy/collective-leave-is-working-day', 'yes_no'),
  );
  const divisions = onlyValueOf(parameters, 'policy/indicative-jkk-class', 'class_by_division');
  return {
    version: versionOf({ parameters, holidays, reasons, checkPolicy }),
    ...periodsOf(parameters, calendar),
    indicativeClass(kbliCode): Cited<JkkClass> | undefined {
      const value = divisions.value.get(kbliCode.slice(0, 2));
      return value && { ...divisions, value };
    },
    calendar,
    reasons,
    checkPolicy,
    arrearsTolerance: onlyValueOf(parameters, 'policy/arrears-tolerance', 'rupiah'),
    governmentCharged: onlyValueOf(parameters, 'policy/late-charge-of-government', 'yes_no').value,
    parameters,
    holidayYears: holidays.years,
  };
}

/** The value of a parameter that is read without a day: a second value would silently rewrite the past. */
function onlyValueOf<U extends UnitName>(
  parameters: readonly LawParameter[],
  id: string,
  unit: U,
): Cited<ReadAs<U>> {
  const [only, second] = lastingSeriesOf(parameters, id, unit).values;
  if (!only || second) throw new LawDataError([`${id}.yaml: must have one value, it is read without a day`]);
  return only.cited;
}

/** Changes when, and only when, the content of the law's files changes: not with comments, order of keys or layout. */
function versionOf(content: unknown): string {
  const normalised = JSON.stringify(content, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(normalised).digest('hex').slice(0, 12);
}
