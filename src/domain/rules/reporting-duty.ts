import { addDays, type Day } from '#src/domain/civil.ts';
import type { ReportingTerms } from '#src/domain/parameters.ts';
import type { Calendar } from './due-day.ts';

/** The day that is so many working days after the day, which itself is not counted. */
export function workingDaysAfter(day: Day, workingDays: number, calendar: Calendar): Day {
  let reached = day;
  for (let left = workingDays; left > 0; ) {
    reached = addDays(reached, 1);
    if (calendar.isWorkingDay(reached)) left -= 1;
  }
  return reached;
}

/**
 * The last day on which a change of wages, headcount, address or other data is reported in time: 7 working days after
 * the change (PP 44/2015 art. 9(3)), and for data of workers and their families after the employer received it (9(2)).
 */
export function changeReportDueOn(changedOn: Day, { change }: ReportingTerms, calendar: Calendar): Day {
  return workingDaysAfter(changedOn, change.value, calendar);
}

/**
 * The last day on which a new worker is registered in time: 30 days after the first working day, in JKK, JKM and JHT
 * (PP 44/2015 art. 6) and in JP (PP 45/2015 art. 4).
 */
export function registrationDueOn(
  firstWorkingDay: Day,
  { newWorker, newWorkerInJp }: ReportingTerms,
  programme: 'JKK' | 'JKM' | 'JHT' | 'JP',
): Day {
  return addDays(firstWorkingDay, (programme === 'JP' ? newWorkerInJp : newWorker).value);
}
