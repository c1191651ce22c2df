import type { Deps } from '#src/deps.ts';
import { type Day, onDay } from '#src/domain/civil.ts';
import type { Instant } from '#src/domain/facts.ts';
import { type Clocks, type KnownFacts, readAllFacts, readFacts } from '#src/facts/index.ts';
import { type Fault, Problem } from '#src/http/problem.ts';

/**
 * The facts of an employer that a question with these clocks is about. Throws 422 for a future `knownAt` and for
 * days before the rules, 404 where the employer was not known yet.
 *
 * @param whole settled months too, as a ledger shows them
 */
export async function readKnown(
  deps: Deps,
  employerId: string,
  clocks: Clocks,
  { whole = false }: { whole?: boolean } = {},
): Promise<KnownFacts> {
  refuseClocks(deps, clocks);
  const known = await (whole ? readAllFacts : readFacts)(deps, employerId, clocks);
  if (!known) {
    throw new Problem('not_found', {
      detail: { id: 'Pemberi kerja belum tercatat saat itu.', en: 'The employer was not recorded by then.' },
    });
  }
  return known;
}

/** Throws 422 where no answer can stand: what will be known is not known, and before the rules nothing was due. */
export function refuseClocks(
  deps: Deps,
  { asOf, knownAt }: { asOf?: Day | undefined; knownAt?: Instant | undefined },
): void {
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
