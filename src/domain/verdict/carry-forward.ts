import { earliest } from '#src/domain/civil.ts';
import {
  type Declaration,
  effectiveAmong,
  type Facts,
  inOrderOfPaying,
  type Payment,
} from '#src/domain/facts.ts';
import { REVISION } from './condense.ts';

/** What was recorded of an employer since its facts were condensed, and nothing else was. */
export type Recorded = { declarations: readonly Declaration[]; payments: readonly Payment[] };

/**
 * Condensed facts with what was recorded since, as a balance is carried forward: condensed on the same day or later,
 * under the same law, they are what all facts would be, condensed. Undefined where what was left out may have a say in
 * it: all facts must be read then.
 */
export function carriedForward(condensed: Facts, recorded: Recorded): Facts | undefined {
  const { employer, evidence, sanctions, suspensions, settledThrough } = condensed;
  const isPlain =
    employer.labourIntensiveIndustry === undefined && sanctions.length === 0 && suspensions.length === 0;
  // A new roster may be the one that evidence is held against; what each shows of it is not in the condensed facts.
  const isHeldAgain = evidence.length > 0 && recorded.declarations.length > 0;
  if (!isPlain || isHeldAgain || reachesBack(condensed, recorded)) return undefined;
  const declarations = effectiveAmong([...condensed.declarations, ...recorded.declarations]);
  const trackedFrom = settledThrough === undefined ? declarations[0]?.period : condensed.trackedFrom;
  return {
    ...condensed,
    ...(trackedFrom !== undefined && { trackedFrom }),
    declarations,
    payments: inOrderOfPaying([...condensed.payments, ...recorded.payments]),
  };
}

/**
 * Whether what was recorded may change how settled months were settled: it is of one of them, or was paid before the
 * last of their money. Or a roster changes what is due for its month, or for later ones that are presumed by it, and
 * money is stated for such a month that was paid before the last that settled (or on that day, where the order is that
 * of recording): what it would no longer take would have gone to the oldest month of then, which was settled by others.
 */
function reachesBack(
  { settledThrough, settledOn = '', settledBy, payments }: Facts,
  { declarations, payments: paid }: Recorded,
): boolean {
  if (settledThrough === undefined) return false;
  if (settledBy !== REVISION) return true;
  if (paid.some(({ paidOn }) => paidOn < settledOn)) return true;
  if (declarations.length === 0) return false;
  const first = declarations.map(({ period }) => period).reduce(earliest);
  return (
    first <= settledThrough ||
    payments.some(({ period, paidOn }) => period !== undefined && period >= first && paidOn <= settledOn)
  );
}
