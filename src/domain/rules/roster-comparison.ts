import type { Evidence, EvidenceComparison } from '#src/domain/evidence.ts';
import { add, type Rupiah } from '#src/domain/money.ts';

/** Somebody who was seen at work, and what was seen to be paid a month. */
export type SeenWorker = { nik: string; wage?: Rupiah | undefined };

/** What a roster line must tell to be compared. */
export type ComparedLine = { nik: string; wage: Rupiah };

/** Holds evidence against a roster: counts and sums only, nobody by name. Each NIK stands once on either side. */
export function compareRoster(
  { lowestWage = 0 }: Pick<Evidence, 'lowestWage'>,
  seen: readonly SeenWorker[],
  lines: readonly ComparedLine[],
): EvidenceComparison {
  const shown: EvidenceComparison = {
    headcount: lines.length,
    wageBill: 0,
    missing: 0,
    underpaid: 0,
    hiddenWages: 0,
    belowLowest: 0,
    belowLowestBy: 0,
  };
  const declared = new Map<string, Rupiah>();
  for (const { nik, wage } of lines) {
    declared.set(nik, wage);
    shown.wageBill = add(shown.wageBill, wage);
    if (wage >= lowestWage) continue;
    shown.belowLowest += 1;
    shown.belowLowestBy = add(shown.belowLowestBy, lowestWage - wage);
  }
  for (const { nik, wage = 0 } of seen) {
    const stated = declared.get(nik);
    if (stated === undefined) shown.missing += 1;
    else if (wage > stated) {
      shown.underpaid += 1;
      shown.hiddenWages = add(shown.hiddenWages, wage - stated);
    }
  }
  return shown;
}
