import { isDeepStrictEqual } from 'node:util';
import type { RecordedBy, Tx } from '#src/db/index.ts';
import { uuidv7 } from '#src/db/index.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { appendFacts, type FactDeps, holdMinimumWages } from '#src/facts/index.ts';
import { rowOf } from './columns.ts';

export const SCHEMES = ['npp', 'nib', 'npwp'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** An employer to be created (version 1) or changed (the version that it gets). */
export type EmployerRecord = { employerId: string; version: number; attributes: EmployerAttributes };

/** Identifiers that belong to other employers, by employer that asked for them. */
export type Clash = { employerId: string; scheme: Scheme };

/**
 * Records employers as they are from now on: identifiers, the row to find them by, and the fact of the change.
 * Returns clashes instead of writing anything where an identifier belongs to another employer.
 */
export async function recordEmployers(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  records: readonly EmployerRecord[],
): Promise<Clash[]> {
  const clashes = await claimIdentifiers(tx, records);
  if (clashes.length > 0) return clashes;
  const newestWage = await holdMinimumWages(
    tx,
    records.map(({ attributes }) => attributes.regionCode),
  );
  await appendFacts(
    deps,
    tx,
    records.map(({ employerId }) => employerId),
    async (recordedAt) => {
      await writeRows(tx, records, recordedAt);
      const changes = records.map(({ employerId, attributes }) => ({
        employer_id: employerId,
        change_id: uuidv7(),
        attributes,
      }));
      await tx.client.query({
        name: 'insert employer changes',
        text: `insert into employer_changes (employer_id, change_id, recorded_at, recorded_by, attributes)
         select employer_id, change_id, $2, $3, attributes
         from jsonb_to_recordset($1::jsonb) as c (employer_id uuid, change_id uuid, attributes jsonb)`,
        values: [JSON.stringify(changes), recordedAt, by],
      });
    },
    newestWage,
  );
  return [];
}

/** Whether a change would change anything. */
export function sameAttributes(a: EmployerAttributes, b: EmployerAttributes): boolean {
  return isDeepStrictEqual(a, b);
}

/** Gives up the identifiers that are no longer used, then takes the new ones, in one order for everybody. */
async function claimIdentifiers(tx: Tx, records: readonly EmployerRecord[]): Promise<Clash[]> {
  const wanted = records.flatMap(({ employerId, attributes }) =>
    SCHEMES.flatMap((scheme) => {
      const value = attributes[scheme];
      return value === undefined ? [] : [{ employer_id: employerId, scheme, value }];
    }),
  );
  const parameter = JSON.stringify(wanted);
  const recordset = `jsonb_to_recordset($1::jsonb) as w (employer_id uuid, scheme text, value text)`;
  await tx.client.query({
    name: 'give up identifiers',
    text: `with given_up as (
       delete from employer_identifiers i
       where i.employer_id = any($2::uuid[])
         and not exists (select 1 from ${recordset}
                         where w.scheme = i.scheme and w.value = i.value and w.employer_id = i.employer_id)
       returning i.scheme, i.value, i.employer_id)
     insert into former_identifiers (scheme, value, employer_id)
     select scheme, value, employer_id from given_up on conflict do nothing`,
    values: [parameter, records.map(({ employerId }) => employerId)],
  });
  await tx.client.query({
    name: 'take identifiers',
    text: `insert into employer_identifiers (scheme, value, employer_id)
     select scheme, value, employer_id from ${recordset} order by scheme, value
     on conflict do nothing`,
    values: [parameter],
  });
  const clashes = await tx.client.query<{ employer_id: string; scheme: Scheme }>({
    name: 'clashing identifiers',
    text: `select w.employer_id, w.scheme from ${recordset}
     join employer_identifiers i using (scheme, value)
     where i.employer_id <> w.employer_id order by w.employer_id, w.scheme`,
    values: [parameter],
  });
  return clashes.rows.map((row) => ({ employerId: row.employer_id, scheme: row.scheme }));
}

async function writeRows(tx: Tx, records: readonly EmployerRecord[], recordedAt: Date): Promise<void> {
  const rows = records.map(({ employerId, version, attributes }) => ({
    ...rowOf(employerId, version, attributes),
    created_at: recordedAt,
    updated_at: recordedAt,
  }));
  const columns = Object.keys(rows[0] ?? {});
  const updates = columns.filter((column) => column !== 'employer_id' && column !== 'created_at');
  await tx.client.query(
    `insert into employers (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::employers, $1::jsonb)
     on conflict (employer_id) do update set ${updates.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [JSON.stringify(rows)],
  );
}
