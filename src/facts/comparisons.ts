import type { ClientBase, Pool } from 'pg';
import type { RosterOf } from './roster.ts';

/** A declaration's roster, and what it is held against: `evidence:<id>`, `minimum:<rupiah>`. */
export type Compared = RosterOf & { against: string };

/** What a roster showed, to be kept. */
export type MadeComparison = Compared & { result: object };

/**
 * What rosters showed when they were held against something before, in the order asked for; undefined where nobody has
 * done it yet: the roster must be opened, and the result kept by {@link keepComparisons}. Results are JSON, counts and
 * sums only: nothing of a person.
 */
export async function readComparisons<Result>(
  client: ClientBase | Pool,
  asked: readonly Compared[],
): Promise<(Result | undefined)[]> {
  if (asked.length === 0) return [];
  const found = await client.query<{ result: Result | null }>(
    `select c.result
     from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality
       as asked (employer_id, declaration_id, against, place)
     left join comparisons c on c.employer_id = asked.employer_id and c.declaration_id = asked.declaration_id
                            and c.against = asked.against
     order by asked.place`,
    columns(asked),
  );
  return found.rows.map(({ result }) => result ?? undefined);
}

/** Keeps what rosters showed: the same roster held against the same thing always shows the same. */
export async function keepComparisons(
  client: ClientBase | Pool,
  made: readonly MadeComparison[],
): Promise<void> {
  if (made.length === 0) return;
  await client.query(
    `insert into comparisons (employer_id, declaration_id, against, result)
     select employer_id, declaration_id, against, result::jsonb
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) as made (employer_id, declaration_id, against, result)
     on conflict do nothing`,
    [...columns(made), made.map(({ result }) => JSON.stringify(result))],
  );
}

function columns(compared: readonly Compared[]): string[][] {
  return [
    compared.map(({ employerId }) => employerId),
    compared.map(({ declarationId }) => declarationId),
    compared.map(({ against }) => against),
  ];
}
