import { type Day, latest, onDay, periodOf } from '#src/domain/civil.ts';
import type { Declaration, Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Reason, Refuted } from './reasons.ts';

/**
 * Workers whom the newest declared month shows with less than the minimum wage: a signal and no finding, as a month
 * that was not worked in full looks alike; an info where a dispute about it was decided for the employer.
 */
export function minimumWageReasons(facts: Facts, law: Law, asOf: Day, refuted: Refuted): Reason[] {
  const newest = facts.declarations.findLast(({ period }) => period <= periodOf(asOf));
  if (!newest?.shortfall) return [];
  const { period, recordedAt, shortfall } = newest;
  const { workers, amount, minimum } = shortfall;
  const { regionCode, regionName, year, monthly } = minimum;
  const since = onDay(period, 1);
  const isRefuted = refuted('PARTIAL_WAGES', period, latest(recordedAt, minimum.recordedAt));
  return [
    {
      code: 'PARTIAL_WAGES',
      severity: isRefuted ? 'info' : 'warning',
      since,
      periods: [period],
      amount,
      workers,
      article: law.minimumWage(since).binds.article,
      minimumWage: { regionCode, regionName, year, monthly },
    },
  ];
}

/** The declarations with the shortfalls that judgements of today and of later days look at, and no others. */
export function withoutPastShortfalls(declarations: readonly Declaration[], today: Day): Declaration[] {
  const newest = declarations.findLastIndex(({ period }) => period <= periodOf(today));
  return declarations.map((declaration, index) => {
    if (index >= newest || !declaration.shortfall) return declaration;
    const { shortfall: _, ...rest } = declaration;
    return rest;
  });
}
