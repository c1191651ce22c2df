import { addDays, addPeriods, type Day, onDay, periodOf } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';

/**
 * The day since which the same months have been due as on `day`: the one after the last due day before it. Employers
 * change together on such days, so that what lists show of them is told apart by it.
 */
export function dueSince(law: Law, day: Day): Day {
  for (let period = periodOf(day); period >= law.firstPeriod; period = addPeriods(period, -1)) {
    const since = addDays(law.at(period).dueOn, 1);
    if (since <= day) return since;
  }
  return onDay(law.firstPeriod, 1);
}
