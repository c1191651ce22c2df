import type { Purpose } from '#src/domain/check-policy.ts';
import { addDays, addPeriods, type Day, latest, onDay, periodOf } from '#src/domain/civil.ts';
import { evidenceChangeDays } from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { suspensionChangeDays } from '#src/domain/suspensions.ts';
import { breachesOn } from './verdict.ts';

/** A stretch of days, first and last included, on which the same breaches held. */
export type Breach = { from: Day; to: Day; codes: ReasonCode[] };

/** How an employer stood from one day to another. */
export type Interval = { from: Day; to: Day; inOrderThroughout: boolean; breaches: Breach[] };

/**
 * The days of [from, to] on which a breach held, by the payments made by that day: domain model, section Verdict. A
 * breach that a plan or an open dispute suspends holds nevertheless; one that was refuted does not. Pauses before each
 * day that is judged, so that a long interval can let others have their turn.
 */
export function* judgedInterval(
  facts: Facts,
  law: Law,
  { from, to, purpose }: { from: Day; to: Day; purpose?: Purpose },
): Generator<void, Interval> {
  const starts = turningDays(facts, law, from, to);
  const breaches: Breach[] = [];
  for (const [index, start] of starts.entries()) {
    yield;
    const codes = [...new Set(breachesOn(facts, law, start, { purpose }).map(({ code }) => code))];
    if (codes.length === 0) continue;
    const next = starts[index + 1];
    const end = next === undefined ? to : addDays(next, -1);
    const previous = breaches.at(-1);
    if (previous?.to === addDays(start, -1) && previous.codes.join() === codes.join()) previous.to = end;
    else breaches.push({ from: start, to: end, codes });
  }
  return { from, to, inOrderThroughout: breaches.length === 0, breaches };
}

/** `from`, and every later day up to `to` on which a breach can begin or end, in order. */
export function turningDays(facts: Facts, law: Law, from: Day, to: Day): Day[] {
  const days = [from, ...law.toleranceChanges, ...facts.payments.map(({ paidOn }) => paidOn)];
  const { registeredOn, closedOn } = facts.employer;
  for (const day of [registeredOn, closedOn]) if (day !== undefined) days.push(day);
  for (const suspension of facts.suspensions) days.push(...suspensionChangeDays(suspension, from));
  for (const evidence of facts.evidence) days.push(...evidenceChangeDays(evidence, law, from));
  // The month before the last may fall due in this one.
  const first = latest(addPeriods(periodOf(from), -2), law.firstPeriod);
  for (let period = first; period <= periodOf(to); period = addPeriods(period, 1)) {
    days.push(onDay(period, 1), addDays(law.at(period).dueOn, 1));
  }
  return [...new Set(days.filter((day) => day >= from && day <= to))].sort();
}
