import type { Tx } from '#src/db/index.ts';
import { addDays, type Day, EVER, type Instant } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt, type History } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { condense, stretchesOf } from '#src/domain/verdict/standing.ts';
import { rewriteSanctionTerms } from './sanction-terms.ts';

/** How many days ahead lists are answered from stored stretches before they are computed anew. */
export const STRETCH_DAYS = 45;

/**
 * Writes summary, stretches and running terms of each history, as known at `knownAt`, for `today` and the days after it. Without
 * `knownAt` everything counts, and a summary keeps the last recording that it stands for.
 */
export async function summarise(
  tx: Tx,
  law: Law,
  histories: readonly History[],
  knownAt: Instant | undefined,
  today: Day,
): Promise<void> {
  const summaries: object[] = [];
  const stretches: object[] = [];
  const whole: Facts[] = [];
  const until = addDays(today, STRETCH_DAYS);
  for (const history of histories) {
    const known = factsKnownAt(history, knownAt ?? EVER);
    if (!known) continue;
    whole.push(known);
    const facts: Facts = condense(known, law, today);
    const { employerId, employer } = facts;
    summaries.push({ employer_id: employerId, facts });
    for (const stretch of stretchesOf(facts, law, today, until)) {
      stretches.push({
        employer_id: employerId,
        from_on: stretch.from,
        until_on: stretch.until,
        status: stretch.status,
        codes: stretch.codes,
        months: stretch.arrears.months,
        contributions: stretch.arrears.contributions,
        late_charge: stretch.arrears.lateCharge,
        total: stretch.arrears.total,
        oldest_period: stretch.arrears.oldestPeriod,
        since: stretch.since,
        flagged: stretch.flagged,
        legal_name: employer.legalName,
        region_code: employer.regionCode,
        gravity: stretch.gravity,
        priority: stretch.priority,
        vendor: employer.outsourcing !== undefined,
      });
    }
  }
  await tx.client.query(
    `insert into summaries (employer_id, last_recorded_at, computed_on, ruleset_version, stretched_until, facts)
     select s.employer_id, coalesce($2, old.last_recorded_at), $3, $4, $5, s.facts
     from jsonb_to_recordset($1::jsonb) as s (employer_id uuid, facts jsonb)
     left join summaries old on old.employer_id = s.employer_id
     on conflict (employer_id) do update
       set last_recorded_at = excluded.last_recorded_at, computed_on = excluded.computed_on,
           ruleset_version = excluded.ruleset_version, stretched_until = excluded.stretched_until,
           facts = excluded.facts`,
    [JSON.stringify(summaries), knownAt ?? null, today, law.version, until],
  );
  await tx.client.query('delete from stretches where employer_id = any($1::uuid[])', [
    histories.map((history) => history.employerId),
  ]);
  await tx.client.query(
    `insert into stretches (employer_id, from_on, until_on, status, codes, months, contributions, late_charge,
                            total, oldest_period, since, flagged, legal_name, region_code, gravity, priority,
                            vendor)
     select employer_id, from_on, until_on, status, codes, months, contributions, late_charge,
            total, oldest_period, since, flagged, legal_name, region_code, gravity, priority, vendor
     from jsonb_to_recordset($1::jsonb) as s (
       employer_id uuid, from_on date, until_on date, status text, codes text[], months int,
       contributions bigint, late_charge bigint, total bigint, oldest_period text, since date,
       flagged boolean, legal_name text, region_code text, gravity smallint, priority int, vendor boolean)`,
    [JSON.stringify(stretches)],
  );
  await rewriteSanctionTerms(tx, law, whole, today);
}
