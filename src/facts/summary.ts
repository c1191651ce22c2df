import {
  booleanArray,
  dateArray,
  int2Array,
  int4Array,
  int8Array,
  type Tx,
  textArray,
  uuidArray,
} from '#src/db/index.ts';
import { addDays, type Day, type Instant } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { dueSince } from '#src/domain/verdict/due-since.ts';
import { condense, type Stretch, stretchesOf } from '#src/domain/verdict/standing.ts';
import { pauses } from './pauses.ts';
import { rewriteSanctionTerms } from './sanction-terms.ts';

/**
 * How many days ahead lists are answered from stored stretches before they are computed anew. A longer time would mean
 * more rows, as amounts change with each due day, and most employers are recorded about in the meantime.
 */
export const STRETCH_DAYS = 14;

/**
 * What is stored of an employer for fast answers: its facts as JSON text, its stretches as values of {@link COLUMNS}. The
 * objects that they are made of go at once; while they waited for those of others the collector would take them for old.
 */
type Summary = { employerId: string; facts: string; stretches: readonly unknown[][] };

/**
 * Writes summary, stretches and running terms of each employer for `today` and the days after it.
 *
 * @param recordedAt the last recording that the facts stand for; without it a summary keeps the one that it has
 */
export async function summarise(
  tx: Tx,
  law: Law,
  all: Iterable<Facts>,
  recordedAt: Instant | undefined,
  today: Day,
): Promise<void> {
  const until = addDays(today, STRETCH_DAYS);
  // A procedure is never taken back: where there is none there has been no term.
  const sanctioned: Facts[] = [];
  const summaries: Summary[] = [];
  const pause = pauses();
  for (const known of all) {
    await pause();
    const facts = condense(known, law, today);
    // Terms look further ahead than what is condensed reaches; how breaches stood until today is in it.
    if (facts.sanctions.length > 0) sanctioned.push({ ...known, sanctions: facts.sanctions });
    const stretches = stretchesOf(facts, law, today, until).map((stretch) =>
      EACH.map(({ of }) => of({ facts, stretch }, law)),
    );
    summaries.push({ employerId: facts.employerId, facts: JSON.stringify(facts), stretches });
  }
  if (summaries.length === 0) return;
  await writeSummaries(tx, summaries, [recordedAt ?? null, today, law.version, until]);
  // What is only renewed is mostly as it was.
  const stored = recordedAt === undefined ? await readStretches(tx, summaries) : new Map<never, never>();
  await rewriteStretches(tx, summaries, stored);
  if (sanctioned.length > 0) await rewriteSanctionTerms(tx, law, sanctioned, today);
}

async function writeSummaries(
  tx: Tx,
  summaries: readonly Summary[],
  common: [recordedAt: Instant | null, today: Day, rulesetVersion: string, until: Day],
): Promise<void> {
  await tx.client.query({
    name: 'write summaries',
    text: `insert into summaries (employer_id, last_recorded_at, computed_on, ruleset_version, stretched_until, facts)
     select s.employer_id, coalesce($3, old.last_recorded_at), $4, $5, $6, s.facts::jsonb
     from unnest($1::uuid[], $2::text[]) as s (employer_id, facts)
     left join summaries old on old.employer_id = s.employer_id
     on conflict (employer_id) do update
       set last_recorded_at = excluded.last_recorded_at, computed_on = excluded.computed_on,
           ruleset_version = excluded.ruleset_version, stretched_until = excluded.stretched_until,
           facts = excluded.facts`,
    values: [
      uuidArray(summaries.map(({ employerId }) => employerId)),
      textArray(summaries.map(({ facts }) => facts)),
      ...common,
    ],
  });
}

type Row = { facts: Facts; stretch: Stretch };
type Column = { type: string; of(row: Row, law: Law): unknown; array(values: never): Buffer };

/** The columns of `stretches`: how each is told of a stretch, and how the values of many go to the database. */
const COLUMNS: Record<string, Column> = {
  employer_id: { type: 'uuid', of: ({ facts }) => facts.employerId, array: uuidArray },
  from_on: { type: 'date', of: ({ stretch }) => stretch.from, array: dateArray },
  until_on: { type: 'date', of: ({ stretch }) => stretch.until, array: dateArray },
  status: { type: 'text', of: ({ stretch }) => stretch.status, array: textArray },
  codes: { type: 'text', of: ({ stretch }) => `{${stretch.codes.join(',')}}`, array: textArray },
  months: { type: 'int', of: ({ stretch }) => stretch.arrears.months, array: int4Array },
  contributions: { type: 'bigint', of: ({ stretch }) => stretch.arrears.contributions, array: int8Array },
  late_charge: { type: 'bigint', of: ({ stretch }) => stretch.arrears.lateCharge, array: int8Array },
  total: { type: 'bigint', of: ({ stretch }) => stretch.arrears.total, array: int8Array },
  oldest_period: {
    type: 'text',
    of: ({ stretch }) => stretch.arrears.oldestPeriod ?? null,
    array: textArray,
  },
  since: { type: 'date', of: ({ stretch }) => stretch.since ?? null, array: dateArray },
  flagged: { type: 'boolean', of: ({ stretch }) => stretch.flagged, array: booleanArray },
  legal_name: { type: 'text', of: ({ facts }) => facts.employer.legalName, array: textArray },
  region_code: { type: 'text', of: ({ facts }) => facts.employer.regionCode, array: textArray },
  gravity: { type: 'smallint', of: ({ stretch }) => stretch.gravity, array: int2Array },
  priority: { type: 'int', of: ({ stretch }) => stretch.priority, array: int4Array },
  vendor: {
    type: 'boolean',
    of: ({ facts }) => facts.employer.outsourcing !== undefined,
    array: booleanArray,
  },
  due_since: { type: 'date', of: ({ stretch }, law) => dueSince(law, stretch.from), array: dateArray },
};
const NAMES = Object.keys(COLUMNS);
const EACH = Object.values(COLUMNS);
const ARRAYS = EACH.map(({ type }, index) => `$${index + 2}::${type}[]`);

/** The count makes the deletion come first. */
const REWRITE = `
  with gone as (delete from stretches where employer_id = any($1::uuid[]) returning 1)
  insert into stretches (${NAMES.join(', ')})
  select ${NAMES.map((name) => (name === 'codes' ? 'codes::text[]' : name)).join(', ')}
  from unnest(${ARRAYS.join(', ')}) as s (${NAMES.join(', ')})
  where (select count(*) from gone) is not null`;

async function rewriteStretches(
  tx: Tx,
  summaries: readonly Summary[],
  stored: ReadonlyMap<unknown, readonly unknown[][]>,
): Promise<void> {
  const changed = summaries.filter(
    ({ employerId, stretches }) => !areStored(stretches, stored.get(employerId)),
  );
  if (changed.length === 0) return;
  const rows = changed.flatMap(({ stretches }) => stretches);
  await tx.client.query({
    name: 'rewrite stretches',
    text: REWRITE,
    values: [
      uuidArray(changed.map(({ employerId }) => employerId)),
      ...EACH.map(({ array }, index) => array(rows.map((row) => row[index]) as never)),
    ],
  });
}

/** The stretches that are stored, in the order of days, with their columns in the order of {@link COLUMNS}. */
async function readStretches(tx: Tx, summaries: readonly Summary[]): Promise<Map<unknown, unknown[][]>> {
  const found = await tx.client.query<unknown[]>({
    text: `select ${NAMES.map((name) => (name === 'codes' ? 'codes::text' : name)).join(', ')}
           from stretches where employer_id = any($1::uuid[]) order by employer_id, from_on`,
    values: [uuidArray(summaries.map(({ employerId }) => employerId))],
    rowMode: 'array',
  });
  return Map.groupBy(found.rows, ([employerId]) => employerId);
}

function areStored(rows: readonly unknown[][], stored: readonly unknown[][] = []): boolean {
  return (
    rows.length === stored.length &&
    rows.every((row, at) => row.every((value, index) => value === stored[at]![index]))
  );
}
