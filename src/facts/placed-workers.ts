import type { Pool } from 'pg';
import {
  type AskedOfRoster,
  countPlaced,
  type PlacedWorkers,
} from '#src/domain/placements/contract-standing.ts';
import { contractKey } from '#src/domain/placements/terms.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { type Compared, keepComparisons, readComparisons } from './comparisons.ts';
import { pauses } from './pauses.ts';
import { openRosters } from './sealed-rosters.ts';

/** A contract's roster of one vendor, and what to look for in it. */
export type AskedOfVendor = AskedOfRoster & { employerId: string };

/**
 * What rosters show of contracts, in the order asked for. Those that nobody has looked through for the same before are
 * opened, and what they show is kept.
 */
export async function readPlacedWorkers(
  { keyRing, database: { pool } }: { keyRing: KeyRing; database: { pool: Pool } },
  asked: readonly AskedOfVendor[],
): Promise<PlacedWorkers[]> {
  const compared = asked.map(comparedFor);
  const kept = await readComparisons<PlacedWorkers>(pool, compared);
  const fresh = asked.flatMap((each, place) =>
    kept[place] ? [] : [{ ...each, ...compared[place]!, place }],
  );
  const made: (Compared & { result: PlacedWorkers })[] = [];
  const shown = [...kept];
  // Each roster is opened once: a vendor may have many contracts, and each of them many workers.
  const groups = Map.groupBy(fresh, ({ declarationId }) => declarationId);
  const declared = [...groups.values()].map(([first]) => ({ ...first!, headcount: first!.roster.headcount }));
  for await (const { of, lines } of openRosters({ keyRing, client: pool }, declared, pauses())) {
    const { employerId, declarationId } = of;
    const byContract = Map.groupBy(lines, ({ placementContract = '' }) => contractKey(placementContract));
    for (const { contractNumber, floors, against, place } of groups.get(declarationId)!) {
      const own = byContract.get(contractKey(contractNumber)) ?? [];
      const result = countPlaced(own, contractNumber, floors);
      made.push({ employerId, declarationId, against, result });
      shown[place] = result;
    }
  }
  await keepComparisons(pool, made);
  return shown.map((each) => each!);
}

function comparedFor({ employerId, roster, contractNumber, floors }: AskedOfVendor): Compared {
  const { minimumWage = 0, billedMonthlyWage = 0 } = floors;
  const against = `contract:${minimumWage}:${billedMonthlyWage}:${contractKey(contractNumber)}`;
  return { employerId, declarationId: roster.id, against };
}
