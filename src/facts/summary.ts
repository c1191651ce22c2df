import { type Tx, textArray, uuidArray } from '#src/db/index.ts';
import { addDays, type Day, EVER, type Instant } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt, type History } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { dueSince } from '#src/domain/verdict/due-since.ts';
import { condense, type Stretch, stretchesOf } from '#src/domain/verdict/standing.ts';
import { pauses } from './pauses.ts';
import { rewriteSanctionTerms } from './sanction-terms.ts';

/** How many days ahead lists are answered from stored stretches before they are computed anew. */
export const STRETCH_DAYS = 45;

/** What is stored of an employer for fast answers. */
type Summary = { facts: Facts; stretches: readonly Stretch[] };

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
  const until = addDays(today, STRETCH_DAYS);
  const whole: Facts[] = [];
  const summaries: Summary[] = [];
  const pause = pauses();
  for (const history of histories) {
    await pause();
    const known = factsKnownAt(history, knownAt ?? EVER);
    if (!known) continue;
    whole.push(known);
    const facts = condense(known, law, today);
    summaries.push({ facts, stretches: stretchesOf(facts, law, today, until) });
  }
  if (summaries.length === 0) return;
  await writeSummaries(tx, summaries, [knownAt ?? null, today, law.version, until]);
  // What is only renewed is mostly as it was.
  const stored = knownAt === undefined ? await readStretches(tx, summaries) : new Map<never, never>();
  await rewriteStretches(tx, law, summaries, stored);
  await rewriteSanctionTerms(tx, law, whole, today);
}

async function writeSummaries(
  tx: Tx,
  summaries: readonly Summary[],
  common: [knownAt: Instant | null, today: Day, rulesetVersion: string, until: Day],
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
      uuidArray(summaries.map(({ facts }) => facts.employerId)),
      textArray(summaries.map(({ facts }) => JSON.stringify(facts))),
      ...common,
    ],
  });
}

/** The columns of `stretches` with their types, in the order of {@link valuesOf}. */
const COLUMNS = {
  employer_id: 'uuid',
  from_on: 'date',
  until_on: 'date',
  status: 'text',
  codes: 'text',
  months: 'int',
  contributions: 'bigint',
  late_charge: 'bigint',
  total: 'bigint',
  oldest_period: 'text',
  since: 'date',
  flagged: 'boolean',
  legal_name: 'text',
  region_code: 'text',
  gravity: 'smallint',
  priority: 'int',
  vendor: 'boolean',
  due_since: 'date',
};
const NAMES = Object.keys(COLUMNS);
const TYPES = Object.values(COLUMNS);
const ARRAYS = TYPES.map((type, index) => `$${index + 2}::${type}[]`);

/** The count makes the deletion come first. */
const REWRITE = `
  with gone as (delete from stretches where employer_id = any($1::uuid[]) returning 1)
  insert into stretches (${NAMES.join(', ')})
  select ${NAMES.map((name) => (name === 'codes' ? 'codes::text[]' : name)).join(', ')}
  from unnest(${ARRAYS.join(', ')}) as s (${NAMES.join(', ')})
  where (select count(*) from gone) is not null`;

async function rewriteStretches(
  tx: Tx,
  law: Law,
  summaries: readonly Summary[],
  stored: ReadonlyMap<unknown, readonly unknown[][]>,
): Promise<void> {
  const changed: string[] = [];
  const columns: unknown[][] = NAMES.map(() => []);
  for (const { facts, stretches } of summaries) {
    const rows = stretches.map((stretch) => valuesOf(facts, stretch, law));
    if (sameRows(rows, stored.get(facts.employerId))) continue;
    changed.push(facts.employerId);
    for (const row of rows) for (const [index, value] of row.entries()) columns[index]!.push(value);
  }
  if (changed.length === 0) return;
  await tx.client.query({
    name: 'rewrite stretches',
    text: REWRITE,
    values: [uuidArray(changed), ...columns.map(asParameter)],
  });
}

/** What may be long, or has to be quoted, goes in the binary format. */
function asParameter(values: readonly unknown[], index: number): unknown {
  const texts = values as readonly (string | undefined)[];
  const type = TYPES[index];
  if (type === 'text') return textArray(texts.map((text) => text ?? null));
  return type === 'uuid' ? uuidArray(texts as readonly string[]) : values;
}

/** The stretches that are stored, in the order of days, with their columns in the order of {@link valuesOf}. */
async function readStretches(tx: Tx, summaries: readonly Summary[]): Promise<Map<unknown, unknown[][]>> {
  const found = await tx.client.query<unknown[]>({
    text: `select ${NAMES.map((name) => (name === 'codes' ? 'codes::text' : name)).join(', ')}
           from stretches where employer_id = any($1::uuid[]) order by employer_id, from_on`,
    values: [uuidArray(summaries.map(({ facts }) => facts.employerId))],
    rowMode: 'array',
  });
  return Map.groupBy(found.rows, ([employerId]) => employerId);
}

function sameRows(rows: readonly unknown[][], stored: readonly unknown[][] = []): boolean {
  return (
    rows.length === stored.length &&
    rows.every((row, at) => row.every((value, index) => (value ?? null) === stored[at]![index]))
  );
}

function valuesOf({ employerId, employer }: Facts, stretch: Stretch, law: Law): unknown[] {
  const { arrears } = stretch;
  return [
    employerId,
    stretch.from,
    stretch.until,
    stretch.status,
    `{${stretch.codes.join(',')}}`,
    arrears.months,
    arrears.contributions,
    arrears.lateCharge,
    arrears.total,
    arrears.oldestPeriod,
    stretch.since,
    stretch.flagged,
    employer.legalName,
    employer.regionCode,
    stretch.gravity,
    stretch.priority,
    employer.outsourcing !== undefined,
    dueSince(law, stretch.from),
  ];
}
