import type { ClientBase, Pool } from 'pg';
import { textArray, uuidArray } from '#src/db/index.ts';
import type { Declaration } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Coverage } from '#src/domain/rules/obligations.ts';
import { type Assessment, type RosterSums, sumsOfColumns } from '#src/domain/rules/roster.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { openRosterColumns, type RosterOf } from './roster.ts';
import { readRosters } from './sealed-rosters.ts';

/** What a roster costs under one ruleset, and what its workers lack. */
export type RosterAssessment = RosterOf & RosterSums;

/** A declaration as stored, with what it costs under one ruleset: null where nobody has assessed it yet. */
export type DeclarationRow = {
  employer_id: string;
  declaration_id: string;
  period: string;
  recorded_at: Date;
  headcount: number;
  amounts: Assessment[] | null;
  coverage: Coverage[] | null;
};

/** Selects {@link DeclarationRow} under the ruleset $2; `where` says of whom, of declarations `d`. */
export const DECLARATIONS = (where: string): string =>
  `select d.employer_id, d.declaration_id, d.period, d.recorded_at, d.headcount, a.amounts, a.coverage
   from declarations d
   left join assessments a on a.employer_id = d.employer_id and a.declaration_id = d.declaration_id
                          and a.ruleset_version = $2
   where ${where}`;

/**
 * Declarations with what they cost under the law. Rosters that nobody has assessed under it yet are opened; `assessed`
 * takes what they cost.
 */
export async function assessedDeclarations(
  { law, keyRing }: { law: Law; keyRing: KeyRing },
  client: ClientBase | Pool,
  rows: readonly DeclarationRow[],
  assessed: RosterAssessment[] | undefined,
): Promise<[employerId: string, Declaration][]> {
  const fresh = rows.filter(({ amounts }) => amounts === null);
  const rosters = await readRosters(client, fresh.map(rosterOf));
  return rows.map((row) => {
    const { employer_id: employerId, declaration_id: id, period, headcount, amounts, coverage } = row;
    const recordedAt = row.recorded_at.toISOString();
    const kept = amounts && coverage && { headcount, assessments: amounts, coverage };
    if (kept) return [employerId, { id, period, recordedAt, ...kept }];
    const of = rosterOf(row);
    const sums = sumsOfColumns(law, period, openRosterColumns(keyRing, of, rosters.get(id)!));
    assessed?.push({ ...of, ...sums });
    return [employerId, { id, period, recordedAt, ...sums }];
  });
}

function rosterOf({ employer_id: employerId, declaration_id: declarationId }: DeclarationRow): RosterOf {
  return { employerId, declarationId };
}

/** Keeps what rosters cost under a ruleset, so that they need not be opened for it again. */
export async function keepAssessments(
  client: ClientBase | Pool,
  rulesetVersion: string,
  assessed: readonly RosterAssessment[],
): Promise<void> {
  if (assessed.length === 0) return;
  await client.query({
    name: 'keep assessments',
    text: `insert into assessments (employer_id, declaration_id, ruleset_version, amounts, coverage)
     select employer_id, declaration_id, $5, amounts::json, coverage::json
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
       as a (employer_id, declaration_id, amounts, coverage)
     on conflict do nothing`,
    values: [
      uuidArray(assessed.map((each) => each.employerId)),
      uuidArray(assessed.map((each) => each.declarationId)),
      textArray(assessed.map((each) => JSON.stringify(each.assessments))),
      textArray(assessed.map((each) => JSON.stringify(each.coverage))),
      rulesetVersion,
    ],
  });
}
