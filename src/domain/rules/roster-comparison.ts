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
  };
  const wagesSeen = new Map(seen.map(({ nik, wage }) => [nik, wage ?? 0]));
  for (const { nik, wage } of lines) {
    shown.wageBill = add(shown.wageBill, wage);
    const paid = Math.max(wagesSeen.get(nik) ?? 0, lowestWage);
    wagesSeen.delete(nik);
    if (wage >= paid) continue;
    shown.underpaid += 1;
    shown.hiddenWages = add(shown.hiddenWages, paid - wage);
  }
  return { ...shown, missing: wagesSeen.size };
}
