import { addPeriods, type Day, earliest, latest, type Period, periodOf } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { trackedMonths } from './ledger-months.ts';
import { applyContributions } from './ledger-payments.ts';

/**
 * Which contribution months of the employer PP 7/2025 and PP 36/2025 relieve of half of its JKK, if their rosters have
 * workers enough: those of an employer of labour-intensive industry (art. 3(4)) whose tracked months up to January
 * 2025 were paid in full by the month's due day (art. 6(2)), or are by `asOf` where that is earlier. What is paid is
 * told by the normal contributions. That the relief was applied for is taken from the industry being on file.
 */
export function isRelievedIn(facts: Facts, law: Law, asOf: Day): (period: Period) => boolean {
  const industry = facts.employer.labourIntensiveIndustry;
  if (industry === undefined) return () => false;
  const { relieved } = facts;
  if (relieved) return (period) => relieved.includes(period);
  return (period) => {
    const { labourIntensive, dueOn } = law.at(period);
    if (!labourIntensive?.industries.value.includes(industry)) return false;
    const day = earliest(dueOn, asOf);
    const { months } = trackedMonths(facts, law, day);
    applyContributions(months, facts.payments, day);
    const { value: paidThrough } = labourIntensive.paidThrough;
    return months.every(({ period: month, outstanding }) => month > paidThrough || outstanding === 0);
  };
}

/**
 * What must be kept of the decisions on the relief when the months up to `settled`, which they rest on, are left out;
 * undefined while a decision is still to come.
 */
export function decidedRelief(
  facts: Facts,
  law: Law,
  settled: Period,
  today: Day,
): Pick<Facts, 'relieved'> | undefined {
  if (facts.employer.labourIntensiveIndustry === undefined) return {};
  if (isAhead(law, today)) return undefined;
  const isRelieved = isRelievedIn(facts, law, today);
  const relieved: Period[] = [];
  for (let period = addPeriods(settled, 1); period <= periodOf(today); period = addPeriods(period, 1)) {
    if (isRelieved(period)) relieved.push(period);
  }
  return { relieved };
}

/** Whether a month that the relief is in force in can still fall due. */
function isAhead(law: Law, today: Day): boolean {
  let period: Period | undefined = latest(addPeriods(periodOf(today), -1), law.firstPeriod);
  while (period !== undefined && !law.at(period).labourIntensive) period = law.nextChangeAfter(period);
  return period !== undefined;
}
