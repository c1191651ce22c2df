import type { Deps } from '#src/deps.ts';
import { onDay } from '#src/domain/civil.ts';
import type { Clocks } from '#src/facts/index.ts';
import { type Fault, Problem } from './problem.ts';

/** Throws 422 where no answer can stand: what will be known is not known, and before the rules nothing was due. */
export function refuseClocks(deps: Deps, { asOf, knownAt }: Clocks): void {
  const errors: Fault[] = [];
  const first = onDay(deps.law.firstPeriod, 1);
  if (asOf !== undefined && asOf < first) {
    errors.push({
      pointer: '/asOf',
      code: 'before_programmes',
      detail: { id: `Tidak sebelum ${first}.`, en: `Not before ${first}.` },
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
