import { expect } from 'vitest';
import type { Deps } from '#src/deps.ts';
import type { Facts, History } from '#src/domain/facts.ts';
import { factsKnownAt } from '#src/domain/facts.ts';
import { condense, stretchesOf } from '#src/domain/verdict/standing.ts';
import { readHistories } from '#src/facts/index.ts';

type Stored = {
  employer_id: string;
  last_recorded_at: Date;
  computed_on: string;
  ruleset_version: string;
  stretched_until: string;
  facts: unknown;
  stretches: unknown[] | null;
};

const STRETCHES = `
  select json_agg(json_strip_nulls(json_build_object(
           'from', t.from_on, 'until', t.until_on, 'status', t.status, 'codes', t.codes,
           'arrears', json_build_object('months', t.months, 'contributions', t.contributions,
             'lateCharge', t.late_charge, 'total', t.total, 'oldestPeriod', t.oldest_period),
           'since', t.since, 'flagged', t.flagged, 'gravity', t.gravity, 'priority', t.priority,
           'legalName', t.legal_name, 'regionCode', t.region_code, 'vendor', t.vendor
         )) order by t.from_on)
  from stretches t where t.employer_id = s.employer_id`;

/** Expects what is stored for fast answers to be what the facts give: every summary, every stretch, no more. */
export async function expectSummaries(deps: Deps): Promise<void> {
  const { pool } = deps.database;
  const summaries = await pool.query<Stored>(`select s.*, (${STRETCHES}) as stretches from summaries s`);
  const employers = await pool.query<{ employer_id: string }>('select employer_id from employers');
  const ids = employers.rows.map((row) => row.employer_id).sort();
  expect(summaries.rows.map((row) => row.employer_id).sort()).toEqual(ids);
  const histories = await readHistories(deps, pool, ids, { judgedFrom: '1900-01-01' });
  for (const row of summaries.rows) {
    const expected = rebuilt(deps, row, histories.get(row.employer_id)!);
    // What is marked answers nothing any more: it is computed anew when a list asks.
    if (row.ruleset_version === '') expect(row.last_recorded_at).toEqual(expected.last_recorded_at);
    else expect(row).toEqual(expected);
  }
}

/** What would be stored, had it all been recorded in one go on the day of the last recording. */
function rebuilt(deps: Deps, { computed_on, stretched_until }: Stored, history: History): Stored {
  const known = factsKnownAt(history, '9999')!;
  const facts = condense(known, deps.law, computed_on);
  const { legalName, regionCode, outsourcing } = facts.employer;
  const listed = { legalName, regionCode, vendor: outsourcing !== undefined };
  const stretches = stretchesOf(facts, deps.law, computed_on, stretched_until);
  return {
    employer_id: history.employerId,
    last_recorded_at: new Date(newest(history, known)),
    computed_on,
    ruleset_version: deps.law.version,
    stretched_until,
    facts: JSON.parse(JSON.stringify(facts)),
    stretches: JSON.parse(JSON.stringify(stretches.map((each) => ({ ...each, ...listed })))),
  };
}

/** The time of the newest recording. */
function newest(
  { changes, declarations, payments, reversals, flags, suspensions, ...rest }: History,
  known: Facts,
): string {
  const all = [
    ...changes,
    ...declarations,
    ...payments,
    ...reversals,
    ...flags.flatMap((flag) => [flag, ...flag.events]),
    ...suspensions.flatMap((each) => (each.ending ? [each, each.ending] : [each])),
    ...rest.evidence,
    ...rest.sanctions.flatMap((each) => [each, ...each.steps]),
    ...rest.inspections.flatMap((each) => (each.outcome ? [each, each.outcome] : [each])),
    ...known.minimumWages,
  ];
  return all
    .map(({ recordedAt }) => recordedAt)
    .sort()
    .at(-1)!;
}
