import type { Deps } from '#src/deps.ts';
import { addMonths, dayOf, onDay } from '#src/domain/civil.ts';
import type { Clocks } from '#src/facts/index.ts';
import { type Fault, Problem } from './problem.ts';

/** How far ahead a question may look: each further month costs time to answer. */
const MONTHS_AHEAD = 120;

/**
 * Throws 422 where no answer can stand: what will be known is not known, before the rules nothing was due, and after
 * ten years nothing of today holds. `dayField` is the caller's name of `asOf`.
 */
export function refuseClocks(deps: Deps, { asOf, knownAt }: Clocks, dayField = 'asOf'): void {
  const errors: Fault[] = [];
  const first = onDay(deps.law.firstPeriod, 1);
  const last = addMonths(dayOf(deps.clock()), MONTHS_AHEAD);
  if (asOf !== undefined && asOf < first) {
    errors.push({
      pointer: `/${dayField}`,
      code: 'before_programmes',
      detail: { id: `Tidak sebelum ${first}.`, en: `Not before ${first}.` },
    });
  }
  if (asOf !== undefined && asOf > last) {
    errors.push({
      pointer: `/${dayField}`,
      code: 'too_far_ahead',
      detail: { id: `Tidak setelah ${last}.`, en: `Not after ${last}.` },
    });
  }
  if (knownAt !== undefined && knownAt > deps.clock().toISOString()) {
    errors.push({
      pointer: '/knownAt',
      code: 'in_future',
      detail: { id: 'Di masa depan.', en: 'In the future.' },
    });
  }
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
}
