import { createHash } from 'node:crypto';
import { type Day, isDay } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';
import { citation } from './basis.ts';
import { calendarOf, type FixedHolidays, type HolidayYear, readCalendar } from './calendar.ts';
import { type CheckPolicies, readCheckPolicies } from './check-policy.ts';
import { refuseInexactParts } from './exact-parts.ts';
import { type LawFiles, readLawFiles } from './law-files.ts';
import type { LawParameter } from './parameter.ts';
import { periodsOf } from './periods.ts';
import { type PlacementPolicies, readPlacementPolicies } from './placement-policy.ts';
import { refuseImplausible } from './plausible.ts';
import { type LawReasons, readReasons } from './reasons.ts';
import { lastingSeriesOf, readParameters } from './series.ts';
import { termsOf } from './terms.ts';

/** The law as the domain reads it, and as it is written, for who wants to check it. */
export type LoadedLaw = Law & {
  /** Every parameter in the order of its id. */
  parameters: readonly LawParameter[];
  /** The years whose decree on holidays is entered. */
  holidayYears: readonly HolidayYear[];
  /** Holidays of the years whose decree is not entered. */
  fixedHolidays: FixedHolidays;
  reasons: LawReasons;
  checkPolicies: CheckPolicies;
  placementPolicies: PlacementPolicies;
};

/**
 * Reads the law from its files. Throws {@link LawDataError}, naming file and line, rather than load a value without
 * an article, out of order, inexact, of an unknown unit or in the wrong place.
 */
export function loadLaw(files: LawFiles = readLawFiles()): LoadedLaw {
  const parameters = readParameters(files);
  const holidays = readCalendar(files);
  const reasons = readReasons(files);
  const checkPolicies = readCheckPolicies(files);
  const placementPolicies = readPlacementPolicies(files);

  const calendar = calendarOf(
    holidays,
    lastingSeriesOf(parameters, 'policy/collective-leave-is-working-day', 'yes_no'),
  );
  const periods = periodsOf(parameters, calendar);
  refuseImplausible(parameters);
  refuseInexactParts(parameters, periods.at);
  const tolerance = lastingSeriesOf(parameters, 'policy/arrears-tolerance', 'rupiah_by_purpose');
  return {
    version: versionOf({ parameters, holidays, reasons, checkPolicies, placementPolicies }),
    ...periods,
    ...termsOf(parameters),
    calendar,
    reasons,
    policyTitles: new Map(
      parameters.flatMap(({ title, values }) => values.map(({ basis }) => [citation(basis), title] as const)),
    ),
    checkPolicyOn: policyOn(checkPolicies),
    placementPolicyOn: policyOn(placementPolicies),
    arrearsTolerance(day, purpose) {
      const { value, ...cited } = tolerance.on(day)!;
      return { ...cited, value: value(purpose) };
    },
    toleranceChanges: tolerance.values.map(({ from }) => from).filter(isDay),
    parameters,
    holidayYears: holidays.years,
    fixedHolidays: holidays.fixed,
    checkPolicies,
    placementPolicies,
  };
}

/** The policy of a day; before the first one its own. */
function policyOn<T>(policies: readonly { from: Day; policy: T }[]): (day: Day) => T {
  return (day) => (policies.findLast(({ from }) => from <= day) ?? policies[0]!).policy;
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
