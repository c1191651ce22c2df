import type { Pool } from 'pg';
import { normaliseName } from '#src/domain/identifiers.ts';
import { type Actor, visibleRows } from '#src/http/actor.ts';

/** Whose view a search takes: a caller's, or that of who may know every employer. */
export type Visible = Actor | 'everywhere';

/** An employer that may be the one that is meant. */
export type Candidate = {
  employer: { id: string; legalName: string; npp?: string; regionCode: string };
  /** 0 to 1, three decimals. */
  score: number;
  reasons: string[];
};

/** A name as people write it, with the region where they think that its bearer is. */
export type NameQuery = { name: string; regionCode?: string | undefined };

type Row = {
  place: number;
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  score: number;
  same_name: boolean;
  same_region: boolean;
};

const MOST = 5;
const NAMES_PER_STATEMENT = 20;
const AT_ONCE = 2;
/** What being in the region that was named weighs, beside the name: it puts one of two namesakes first. */
const REGION_WEIGHT = 0.15;

/**
 * For each query the employers of similar names, at most five, best first. The region only weighs: the seat on
 * file may be elsewhere.
 */
export async function candidatesByName(
  pool: Pool,
  queries: readonly NameQuery[],
  visible: Visible,
): Promise<Candidate[][]> {
  const found = queries.map((): Candidate[] => []);
  const starts = Array.from(
    { length: Math.ceil(queries.length / NAMES_PER_STATEMENT) },
    (_, index) => index * NAMES_PER_STATEMENT,
  ).values();
  // Workers share one iterator, so that a large batch leaves connections to others.
  const worker = async () => {
    for (const start of starts) {
      const rows = await search(pool, queries.slice(start, start + NAMES_PER_STATEMENT), visible);
      for (const row of rows) found[start + row.place - 1]!.push(candidateOf(row));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

async function search(pool: Pool, queries: readonly NameQuery[], visible: Visible): Promise<Row[]> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const names = bind(queries.map(({ name }) => normaliseName(name)));
  const regions = bind(queries.map(({ regionCode }) => regionCode ?? null));
  const result = await pool.query<Row>(
    `select q.place, c.*
     from unnest(${names}::text[], ${regions}::text[]) with ordinality as q (name, region, place)
     cross join lateral (
       select e.employer_id, e.legal_name, e.npp, e.region_code, e.plain_name = q.name as same_name, r.same_region,
              round((case when q.region is null then n.similarity
                          else n.similarity * (1 - ${REGION_WEIGHT}) + r.same_region::int * ${REGION_WEIGHT}
                     end)::numeric, 3)::float8 as score
       from employers e
       cross join lateral (select similarity(e.plain_name, q.name) as similarity) n
       cross join lateral (
         select coalesce(e.region_code = q.region or e.region_code like q.region || '.%', false) as same_region
       ) r
       where e.plain_name % q.name and ${visible === 'everywhere' ? 'true' : visibleRows(visible, 'e', bind)}
       order by score desc, e.employer_id
       limit ${MOST}
     ) c
     order by q.place, c.score desc, c.employer_id`,
    values,
  );
  return result.rows;
}

function candidateOf(row: Row): Candidate {
  return {
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      regionCode: row.region_code,
    },
    score: row.score,
    reasons: [row.same_name ? 'name_equal' : 'name_similar', ...(row.same_region ? ['same_region'] : [])],
  };
}
