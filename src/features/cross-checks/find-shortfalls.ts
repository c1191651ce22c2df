import { dayOf } from '#src/domain/civil.ts';
import {
  dayOfContracts,
  type Promised,
  placementShortfall,
  type ShortfallFigures,
} from '#src/domain/cross-checks/placement-shortfall.ts';
import type { Examined } from './cross-check.ts';
import { monthRosters } from './month-rosters.ts';
import type { Found, Question } from './question.ts';

/** Vendors that declare fewer workers with their contracts than these promise. */
export async function findShortfalls(
  question: Question,
  employers: readonly Examined[],
): Promise<Found<ShortfallFigures>> {
  const { deps, law, period } = question;
  const promised = await readPromised(
    question,
    employers.map(({ employerId }) => employerId),
  );
  const found: Found<ShortfallFigures> = new Map();
  const keep = (employerId: string, lines: Parameters<typeof placementShortfall>[2]) => {
    const finding = placementShortfall(period, promised.get(employerId)!, lines);
    if (finding) found.set(employerId, finding);
  };
  const declared = new Set<string>();
  for await (const { employerId, lines } of monthRosters(question, [...promised.keys()])) {
    declared.add(employerId);
    keep(employerId, lines);
  }
  const isDue = dayOf(deps.clock()) > law.at(period).dueOn;
  for (const employerId of promised.keys())
    if (isDue && !declared.has(employerId)) keep(employerId, undefined);
  return found;
}

async function readPromised(
  { deps, period }: Question,
  employerIds: readonly string[],
): Promise<Map<string, Promised[]>> {
  const found = await deps.database.reader.query<Row>(
    `select p.employer_id, p.placement_id, p.contract_number, p.workers_contracted from placements p
     where p.employer_id = any($1::uuid[]) and p.starts_on <= $2 and (p.ends_on is null or p.ends_on >= $2)`,
    [employerIds, dayOfContracts(period)],
  );
  const groups = Map.groupBy(found.rows, (row) => row.employer_id);
  return new Map([...groups].map(([employerId, rows]) => [employerId, rows.map(promisedBy)]));
}

type Row = {
  employer_id: string;
  placement_id: string;
  contract_number: string;
  workers_contracted: number;
};

function promisedBy(row: Row): Promised {
  return {
    placementId: row.placement_id,
    contractNumber: row.contract_number,
    workersContracted: row.workers_contracted,
  };
}
