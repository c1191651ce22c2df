import { addPeriods, type Day, type Period, periodOf } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';
import { Problem } from '#src/http/problem.ts';

/** The last month whose due day has passed: what every employer should have declared by now. */
export function lastDuePeriod(law: Law, today: Day): Period {
  let period = periodOf(today);
  while (law.at(period).dueOn >= today) period = addPeriods(period, -1);
  return period;
}

/** Throws 422 for months that nobody can have declared: to come, or of before the programmes. */
export function refuseUndeclarable(law: Law, today: Day, period: Period): void {
  const future = period > periodOf(today);
  if (!future && period >= law.firstPeriod) return;
  const detail = future
    ? { id: 'Bulan di masa depan.', en: 'A month in the future.' }
    : { id: `Tidak sebelum ${law.firstPeriod}.`, en: `Not before ${law.firstPeriod}.` };
  const code = future ? 'in_future' : 'before_programmes';
  throw new Problem('invalid_content', { errors: [{ pointer: '/period', code, detail }] });
}
