import pg from 'pg';
import type { Deps } from '#src/deps.ts';
import { MODELS, recordModels } from './models.ts';

/** How many employers the regency has that regional lists are measured in, whatever the nation's size. */
export const REGENCY = { code: '34.01', employers: 2_000 };

/** A copy's number, id, model and own attributes; beside it `m` is the row that is copied. */
const TABLE = `
  create unlogged table bench_copies (n int, employer_id uuid, model_id uuid, plain_name text, legal_name text,
                                      npp text, nib text, npwp text, region_code text)`;
const COPIES = `
  insert into bench_copies
  select n, ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as employer_id,
         models.ids[1 + n % ${MODELS}] as model_id,
         w.words[1 + n % 31] || ' ' || w.words[1 + n % 29] || ' ' || n as plain_name,
         'PT ' || initcap(w.words[1 + n % 31] || ' ' || w.words[1 + n % 29]) || ' ' || n as legal_name,
         'TU' || lpad(n::text, 8, '0') as npp, (1000000000000 + n)::text as nib,
         lpad(n::text, 16, '0') as npwp,
         case when n % greatest($1::int / ${REGENCY.employers}, 1) = 0 then '${REGENCY.code}'
              else r.codes[1 + abs(hashint4(n)::bigint) % array_length(r.codes, 1)] end as region_code
  from generate_series(1, $1::int - ${MODELS}) n,
       (select array_agg(employer_id order by npwp) as ids from employers) models,
       (select $2::text[] as codes) r, (select $3::text[] as words) w`;

const WORDS =
  `abadi agung aman anugerah asri bahari bakti barokah bersama bintang cahaya cakra cemerlang cipta citra
  damai dharma dwi eka fajar gemilang graha harapan indah jaya karya lestari makmur mandiri mulia nusantara pelita perdana
  persada prima putra rejeki sejahtera sentosa surya tirta tunas utama wahana wijaya`.split(/\s+/);

/** The copy's own attributes, where its model has such, as a JSON object. */
const OWN = `jsonb_strip_nulls(jsonb_build_object('legalName', c.legal_name, 'regionCode', c.region_code,
  'npp', case when e.npp is not null then c.npp end, 'nib', c.nib, 'npwp', c.npwp))`;

/** What differs between a model's rows and a copy's, by table; every other column is copied. */
const DIFFERENT: Record<string, Record<string, string>> = {
  employers: {
    legal_name: 'c.legal_name',
    plain_name: 'c.plain_name',
    region_code: 'c.region_code',
    npp: 'case when m.npp is not null then c.npp end',
    nib: 'c.nib',
    npwp: 'c.npwp',
  },
  employer_changes: {
    change_id: `('01990000-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`,
    attributes: `m.attributes || ${OWN}`,
  },
  employer_identifiers: {
    value: `case m.scheme when 'npp' then c.npp when 'nib' then c.nib else c.npwp end`,
  },
  summaries: {
    facts: `m.facts::jsonb || jsonb_build_object('employerId', c.employer_id, 'employer', (m.facts->'employer')::jsonb || ${OWN})`,
  },
  stretches: { legal_name: 'c.legal_name', region_code: 'c.region_code' },
};

/**
 * Fills an empty database with `employers` of all standings, three of ten not compliant, spread over the regencies of
 * the country. Some are recorded as offices do it; the others are copies of them under ids, numbers, names and regions
 * of their own, as far as lists, verdicts and checks read: rosters and payments stay with the models.
 */
export async function fillNation(deps: Deps, databaseUrl: string, employers: number): Promise<void> {
  await deps.rulesets.ownIsInForce();
  await recordModels(deps);
  // The service's own connections wait for no statement that takes minutes.
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB';
                        set jit = off`);
    await client.query(TABLE);
    await client.query(COPIES, [employers, weighted(deps), WORDS]);
    await client.query('analyze bench_copies');
    const indexes = await dropIndexes(client);
    for (const [table, different] of Object.entries(DIFFERENT)) await copyRows(client, table, different);
    for (const index of indexes) await client.query(index);
    await client.query('drop table bench_copies');
    await client.query('reset all');
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** The regencies of the country, cities three times and those of Jakarta ten times: where more employers are. */
function weighted({ regions }: Deps): string[] {
  return regions.provinces
    .flatMap(({ code }) => regions.under(code))
    .flatMap(({ code, name }) =>
      Array<string>(code.startsWith('31.') ? 10 : name.startsWith('Kota') ? 3 : 1).fill(code),
    );
}

async function copyRows(client: pg.Client, table: string, different: Record<string, string>) {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  const columns = rows.map(({ name }) => name);
  const values = columns.map((name) =>
    name === 'employer_id' ? 'c.employer_id' : (different[name] ?? `m.${name}`),
  );
  await client.query(
    `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')}
     from bench_copies c join ${table} m on m.employer_id = c.model_id
     ${table === 'employers' ? '' : 'join employers e on e.employer_id = c.model_id'} order by c.n`,
  );
}

/** Drops what is made faster at the end than kept along; returns how to make it again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any($1::text[]::regclass[]) and not exists (select from pg_constraint where conindid = indexrelid)`,
    [Object.keys(DIFFERENT)],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}
