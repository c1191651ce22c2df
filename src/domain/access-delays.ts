import { addDays, type Day, dayOf, earliest, type Instant } from './civil.ts';
import type { Law } from './parameters.ts';

/** That an agency asked about an employer, or read data of its workers. */
export type Access = { agency: string; at: Instant };

/** An investigation of an agency, which puts off when an employer sees what the agency asks meanwhile. */
export type AccessDelay = {
  agency: string;
  /** First and last day of accesses that are shown later. */
  startsOn: Day;
  endsOn: Day;
  caseReference: string;
  recordedAt: Instant;
};

/**
 * The delay that decides when the employer sees the access: of those that cover it the one that ends last. A delay
 * covers what its own agency does once it is recorded, so that nothing that could be seen is ever hidden again, and
 * no later delay prolongs the wait. What happens at the very instant of its recording counts as after it.
 */
export function decidingDelay(access: Access, delays: readonly AccessDelay[]): AccessDelay | undefined {
  const on = dayOf(new Date(access.at));
  return delays
    .filter(
      (delay) =>
        delay.agency === access.agency &&
        delay.recordedAt <= access.at &&
        delay.startsOn <= on &&
        on <= delay.endsOn,
    )
    .reduce<AccessDelay | undefined>(
      (longest, delay) => (longest && longest.endsOn >= delay.endsOn ? longest : delay),
      undefined,
    );
}

/**
 * The first day on which the employer sees the access: its own day, unless delays cover it; then the day after the
 * last of them ends, though never later than the law's longest delay after the access itself.
 */
export function visibleFrom(access: Access, delays: readonly AccessDelay[], law: Pick<Law, 'quantity'>): Day {
  const on = dayOf(new Date(access.at));
  const delay = decidingDelay(access, delays);
  if (!delay) return on;
  const limit = law.quantity('access-delay-limit', on).value;
  return earliest(addDays(delay.endsOn, 1), addDays(on, limit));
}
