import { openRosters } from '#src/facts/index.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
import type { Question } from './question.ts';

/** The effective roster of one employer for the month. */
export type MonthRoster = { employerId: string; declarationId: string; lines: RosterLine[] };

type Declared = { employer_id: string; declaration_id: string; headcount: number };

/** Opens the effective roster of the month, the one recorded last, of each of these employers that declared it. */
export async function* monthRosters(
  { deps, period, pause }: Question,
  employerIds: readonly string[],
): AsyncGenerator<MonthRoster> {
  const { reader } = deps.database;
  const effective = await reader.query<Declared>(
    `select distinct on (employer_id) employer_id, declaration_id, headcount from declarations
     where employer_id = any($1::uuid[]) and period = $2
     order by employer_id, recorded_at desc, declaration_id desc`,
    [employerIds, period],
  );
  const declared = effective.rows.map((row) => ({
    employerId: row.employer_id,
    declarationId: row.declaration_id,
    headcount: row.headcount,
  }));
  for await (const { of, lines } of openRosters({ ...deps, client: reader }, declared, pause)) {
    yield { employerId: of.employerId, declarationId: of.declarationId, lines };
  }
}
