import type { ClientBase, Pool } from 'pg';
import type { Instant } from '#src/domain/civil.ts';
import type { Declaration } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Coverage } from '#src/domain/rules/obligations.ts';
import { type Assessment, type RosterSums, rosterSums } from '#src/domain/rules/roster.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { openRoster, type RosterOf } from './roster.ts';

/** What a roster costs under one ruleset, and what its workers lack. */
export type RosterAssessment = RosterOf & RosterSums;

type Row = {
  employer_id: string;
  declaration_id: string;
  period: string;
  recorded_at: Date;
  headcount: number;
  amounts: Assessment[] | null;
  coverage: Coverage[] | null;
  roster: Buffer | null;
};

/**
 * The declarations of these employers that were recorded by `knownAt`, with what they cost under the law. Rosters that
 * nobody has assessed under it yet are opened; `assessed` takes what they cost.
 */
export async function readDeclarations(
  { law, keyRing }: { law: Law; keyRing: KeyRing },
  client: ClientBase | Pool,
  employerIds: readonly string[],
  { knownAt, assessed }: { knownAt: Instant | undefined; assessed: RosterAssessment[] | undefined },
): Promise<[employerId: string, Declaration][]> {
  const found = await client.query<Row>(
    `select d.employer_id, d.declaration_id, d.period, d.recorded_at, d.headcount, a.amounts, a.coverage,
            case when a.amounts is null then d.roster end as roster
     from declarations d
     left join assessments a on a.employer_id = d.employer_id and a.declaration_id = d.declaration_id
                            and a.ruleset_version = $2
     where d.employer_id = any($1::uuid[]) and d.recorded_at <= $3`,
    [employerIds, law.version, knownAt ?? 'infinity'],
  );
  return found.rows.map((row): [string, Declaration] => {
    const { employer_id: employerId, declaration_id: declarationId, period, amounts, coverage } = row;
    let sums: RosterSums;
    if (amounts && coverage) {
      sums = { headcount: row.headcount, assessments: amounts, coverage };
    } else {
      const of = { employerId, declarationId };
      sums = rosterSums(law, period, openRoster(keyRing, of, row.roster!));
      assessed?.push({ ...of, ...sums });
    }
    const recordedAt = row.recorded_at.toISOString();
    return [employerId, { id: declarationId, period, recordedAt, ...sums }];
  });
}

/** Keeps what rosters cost under a ruleset, so that they need not be opened for it again. */
export async function keepAssessments(
  client: ClientBase | Pool,
  rulesetVersion: string,
  assessed: readonly RosterAssessment[],
): Promise<void> {
  if (assessed.length === 0) return;
  await client.query(
    `insert into assessments (employer_id, declaration_id, ruleset_version, amounts, coverage)
     select employer_id, declaration_id, $5, amounts::jsonb, coverage::jsonb
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
       as a (employer_id, declaration_id, amounts, coverage)
     on conflict do nothing`,
    [
      assessed.map((each) => each.employerId),
      assessed.map((each) => each.declarationId),
      assessed.map((each) => JSON.stringify(each.assessments)),
      assessed.map((each) => JSON.stringify(each.coverage)),
      rulesetVersion,
    ],
  );
}
