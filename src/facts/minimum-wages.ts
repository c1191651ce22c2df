import type { ClientBase, Pool } from 'pg';
import { type Day, type Instant, periodOf } from '#src/domain/civil.ts';
import type { Declaration, Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import {
  bindingMinimum,
  type MinimumWage,
  provinceOf,
  type Shortfall,
  shortfallOf,
  type WageLine,
} from '#src/domain/rules/minimum-wage.ts';
import type { AssessedColumns } from '#src/domain/rules/roster-columns.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { type Compared, type MadeComparison, readComparisons } from './comparisons.ts';
import { openRosterColumns } from './roster.ts';
import { readRosters } from './sealed-rosters.ts';

type Queryable = ClientBase | Pool;

/** A row of `minimum_wages`. */
export type MinimumWageRow = {
  region_code: string;
  region_name: string;
  year: number;
  monthly: number;
  source: string | null;
  recorded_at: Date;
};

/** The columns of {@link MinimumWageRow}, for a select on `minimum_wages` as `w`. */
export const MINIMUM_WAGE_COLUMNS =
  'w.region_code, w.region_name, w.year, w.monthly, w.source, w.recorded_at';

export function minimumWageOf(row: MinimumWageRow): MinimumWage {
  return {
    regionCode: row.region_code,
    regionName: row.region_name,
    year: row.year,
    monthly: row.monthly,
    ...(row.source !== null && { source: row.source }),
    recordedAt: row.recorded_at.toISOString(),
  };
}

/** All that was stated by `knownAt` for these regions and for their provinces. */
export async function readMinimumWages(
  client: Queryable,
  regionCodes: readonly string[],
  knownAt: Instant | undefined,
): Promise<MinimumWage[]> {
  const regions = [...new Set(regionCodes.flatMap((code) => [code, provinceOf(code)]))];
  const found = await client.query<MinimumWageRow>({
    name: 'minimum wages',
    text: `select ${MINIMUM_WAGE_COLUMNS} from minimum_wages w
           where w.region_code = any($1::text[]) and w.recorded_at <= $2`,
    values: [regions, knownAt ?? 'infinity'],
  });
  return found.rows.map(minimumWageOf);
}

/** A declaration with the minimum wage that its roster is held against. */
type Held = Compared & { declaration: Declaration; minimum: MinimumWage };

/** What tells which rosters are held against which minimum wages. */
type Bound = Pick<Facts, 'employerId' | 'employer' | 'declarations' | 'minimumWages'>;

/**
 * Completes declarations with what they pay less than the minimum wage that bound them: those that judgements of
 * `judgedFrom` and of later days look at. Rosters that nobody has held against that wage yet are
 * opened; `compared` takes what they show.
 */
export async function holdAgainstMinimums(
  { law, keyRing }: { law: Law; keyRing: KeyRing },
  client: Queryable,
  bound: readonly Bound[],
  { judgedFrom, compared }: { judgedFrom: Day; compared: MadeComparison[] | undefined },
): Promise<void> {
  const held = bound.flatMap((each) => heldBy(each, law, judgedFrom));
  const kept = await readComparisons<Shortfall>(client, held);
  const fresh = held.filter((_, index) => kept[index] === undefined);
  const made = await compareAnew(keyRing, client, fresh);
  compared?.push(...made);
  const shown = new Map(made.map((each) => [keyOf(each), each.result]));
  for (const [index, each] of held.entries()) {
    const shortfall = kept[index] ?? shown.get(keyOf(each))!;
    if (shortfall.workers > 0) each.declaration.shortfall = { ...shortfall, minimum: each.minimum };
  }
}

function heldBy(facts: Bound, law: Law, judgedFrom: Day): Held[] {
  const { employerId, declarations } = facts;
  const newest = declarations.findLastIndex(({ period }) => period <= periodOf(judgedFrom));
  return declarations.slice(Math.max(newest, 0)).flatMap((declaration): Held[] => {
    const minimum = bindingMinimum(facts, law, declaration.period);
    if (!minimum) return [];
    const against = `minimum:${minimum.monthly}`;
    return [{ employerId, declarationId: declaration.id, against, declaration, minimum }];
  });
}

async function compareAnew(
  keyRing: KeyRing,
  client: Queryable,
  held: readonly Held[],
): Promise<(Compared & { result: Shortfall })[]> {
  const rosters = await readRosters(client, held);
  return held.map(({ employerId, declarationId, against, minimum }) => {
    const of = { employerId, declarationId };
    const columns = openRosterColumns(keyRing, of, rosters.get(declarationId)!);
    return { ...of, against, result: shortfallOf(minimum.monthly, wageLinesOf(columns)) };
  });
}

function* wageLinesOf({ count, wages, daily }: AssessedColumns): Generator<WageLine> {
  for (let index = 0; index < count; index += 1)
    yield { wage: wages[index]!, employmentType: daily[index] === 1 ? 'daily' : undefined };
}

function keyOf({ declarationId, against }: Compared): string {
  return `${declarationId} ${against}`;
}
