import type { Deps } from '#src/deps.ts';
import { type Clocks, type KnownFacts, readAllFacts, readFacts } from '#src/facts/index.ts';
import { refuseClocks } from '#src/http/clocks.ts';
import { Problem } from '#src/http/problem.ts';

/**
 * The facts of an employer that a question with these clocks is about. Throws 422 for a future `knownAt` and for
 * days out of reach, 404 where the employer was not known yet.
 *
 * @param whole settled months too, as a ledger shows them
 * @param dayField the caller's name of `asOf`
 */
export async function readKnown(
  deps: Deps,
  employerId: string,
  clocks: Clocks,
  { whole = false, dayField }: { whole?: boolean; dayField?: string } = {},
): Promise<KnownFacts> {
  refuseClocks(deps, clocks, dayField);
  const known = await (whole ? readAllFacts : readFacts)(deps, employerId, clocks);
  if (!known) {
    throw new Problem('not_found', {
      detail: { id: 'Pemberi kerja belum tercatat saat itu.', en: 'The employer was not recorded by then.' },
    });
  }
  return known;
}
