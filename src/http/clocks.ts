import type { Deps } from '#src/deps.ts';
import { addMonths, type Day, dayOf, onDay } from '#src/domain/civil.ts';
import type { Clocks } from '#src/facts/index.ts';
import { type Fault, Problem } from './problem.ts';

/** How far ahead a question may look: each further month costs time to answer. */
const MONTHS_AHEAD = 120;

/** The longest interval: each day on which something changes is judged. */
const LONGEST_MONTHS = 120;

/**
 * Throws 422 where no answer can stand: what will be known is not known, before the rules nothing was due, and after
 * ten years nothing of today holds. `dayField` is the caller's name of `asOf`.
 */
export function refuseClocks(deps: Deps, { asOf, knownAt }: Clocks, dayField = 'asOf'): void {
  const errors = asOf === undefined ? [] : dayFaults(deps, asOf, `/${dayField}`);
  if (knownAt !== undefined && knownAt > deps.clock().toISOString()) {
    errors.push({
      pointer: '/knownAt',
      code: 'in_future',
      detail: { id: 'Di masa depan.', en: 'In the future.' },
    });
  }
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}

/**
 * Throws 422 for an interval that ends before it begins, spans more than ten years or reaches where no answer can
 * stand. `at` is the pointer of what holds `from` and `to`.
 */
export function refuseInterval(deps: Deps, { from, to }: { from: Day; to: Day }, at: string): void {
  const errors = [...dayFaults(deps, from, `${at}/from`), ...dayFaults(deps, to, `${at}/to`)];
  const pointer = `${at}/to`;
  if (to < from) {
    errors.push({
      pointer,
      code: 'before_from',
      detail: { id: 'Sebelum `from`.', en: 'Before `from`.' },
    });
  } else if (to > addMonths(from, LONGEST_MONTHS)) {
    const last = addMonths(from, LONGEST_MONTHS);
    errors.push({
      pointer,
      code: 'interval_too_long',
      detail: { id: `Tidak setelah ${last}.`, en: `Not after ${last}.` },
    });
  }
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}

function dayFaults(deps: Deps, day: Day, pointer: string): Fault[] {
  const first = onDay(deps.law.firstPeriod, 1);
  const last = addMonths(dayOf(deps.clock()), MONTHS_AHEAD);
  const faults: Fault[] = [];
  if (day < first) {
    const detail = { id: `Tidak sebelum ${first}.`, en: `Not before ${first}.` };
    faults.push({ pointer, code: 'before_programmes', detail });
  }
  if (day > last) {
    const detail = { id: `Tidak setelah ${last}.`, en: `Not after ${last}.` };
    faults.push({ pointer, code: 'too_far_ahead', detail });
  }
  return faults;
}
