import type { RecordedBy, Tx } from '#src/db/index.ts';
import { onDay, type Period } from '#src/domain/civil.ts';
import type { Rupiah } from '#src/domain/money.ts';
import { type Law, SCALES, type Scale } from '#src/domain/parameters.ts';
import { type MinimumWage, provinceOf } from '#src/domain/rules/minimum-wage.ts';
import type { FactDeps } from './deps.ts';
import { MINIMUM_WAGE_COLUMNS, type MinimumWageRow, minimumWageOf } from './minimum-wages.ts';

/** A minimum wage of a region and a calendar year, as somebody states it. */
export type StatedMinimumWage = {
  /** A province or a regency that exists. */
  regionCode: string;
  year: number;
  /** Rupiah a month. */
  monthly: Rupiah;
  source?: string | undefined;
};

/** The statement on file after it: the first of its region and year, one that supersedes, or one that said the same. */
export type KeptMinimumWage = { wage: MinimumWage; outcome: 'created' | 'superseded' | 'unchanged' };

/** Number of the advisory lock: statements hold it alone, changes of where employers are hold it together. */
const LOCK = 1_801_812_322;

/**
 * States a minimum wage in the caller's transaction. It is a fact about every employer of the region: their locks are
 * taken, in the order of their ids, the statement is later than all that was recorded about them, and their summaries
 * are marked, so that the next question and the next list compute them anew.
 */
export async function stateMinimumWage(
  deps: Pick<FactDeps, 'clock' | 'law' | 'regions'>,
  tx: Tx,
  by: RecordedBy,
  { regionCode, year, monthly, source }: StatedMinimumWage,
): Promise<KeptMinimumWage> {
  await tx.client.query('select pg_advisory_xact_lock($1)', [LOCK]);
  const found = await tx.client.query<MinimumWageRow>(
    `select ${MINIMUM_WAGE_COLUMNS} from minimum_wages w
     where w.region_code = $1 and w.year = $2 order by w.recorded_at desc limit 1`,
    [regionCode, year],
  );
  const known = found.rows[0] && minimumWageOf(found.rows[0]);
  if (known?.monthly === monthly && known.source === source) return { wage: known, outcome: 'unchanged' };
  const locked = await tx.client.query<{ last: Date | null }>(
    `with locked as (
       select s.last_recorded_at from summaries s
       where s.employer_id in (select e.employer_id from employers e where ${IN_REGION})
       order by s.employer_id for update)
     select max(last_recorded_at) as last from locked`,
    [regionCode, `${regionCode}.%`],
  );
  const last = Math.max(locked.rows[0]?.last?.getTime() ?? 0, known ? Date.parse(known.recordedAt) : 0);
  const recordedAt = new Date(Math.max(deps.clock().getTime(), last + 1));
  await markAffected(deps.law, tx, regionCode, year, recordedAt);
  const inserted = await tx.client.query<MinimumWageRow>(
    `insert into minimum_wages as w (region_code, region_name, year, monthly, source, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${MINIMUM_WAGE_COLUMNS}`,
    [regionCode, deps.regions.name(regionCode), year, monthly, source ?? null, recordedAt, by],
  );
  return { wage: minimumWageOf(inserted.rows[0]!), outcome: known ? 'superseded' : 'created' };
}

/** Employers whose region is `$1`, or lies below it: `$2` is the beginning of those. */
const IN_REGION = '(e.region_code = $1 or e.region_code like $2)';

/** The summaries of who is exempt, by the law that they were computed under, stay as they are. */
async function markAffected(
  law: Law,
  tx: Tx,
  regionCode: string,
  year: number,
  recordedAt: Date,
): Promise<void> {
  await tx.client.query(
    `update summaries s set last_recorded_at = $3,
            ruleset_version = case when s.ruleset_version = $4 and e.scale = any($5::text[])
                              then s.ruleset_version else '' end
     from employers e where e.employer_id = s.employer_id and ${IN_REGION}`,
    [regionCode, `${regionCode}.%`, recordedAt, law.version, exemptThroughout(law, year)],
  );
}

function exemptThroughout(law: Law, year: number): Scale[] {
  const months = Array.from(
    { length: 12 },
    (_, month): Period => `${year}-${String(month + 1).padStart(2, '0')}`,
  );
  const judged = months.filter((period) => period >= law.firstPeriod);
  return SCALES.filter((scale) =>
    judged.every((period) => law.minimumWage(onDay(period, 1)).exempt.value.includes(scale)),
  );
}

/**
 * Keeps minimum wages as they are until the caller's transaction, which puts employers into these regions, ends; returns
 * the time of the newest statement about these regions: what is recorded of the employers must be later.
 */
export async function holdMinimumWages(tx: Tx, regionCodes: readonly string[]): Promise<Date | undefined> {
  await tx.client.query('select pg_advisory_xact_lock_shared($1)', [LOCK]);
  const found = await tx.client.query<{ newest: Date | null }>(
    'select max(recorded_at) as newest from minimum_wages where region_code = any($1::text[])',
    [[...new Set(regionCodes.flatMap((code) => [code, provinceOf(code)]))]],
  );
  return found.rows[0]?.newest ?? undefined;
}
