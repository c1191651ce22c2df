import type { ClientBase, Pool } from 'pg';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { parseNib, parseNpp } from '#src/domain/identifiers.ts';
import { type Actor, sees } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';
import { attributesOf, EMPLOYER_COLUMNS, type EmployerRow } from './columns.ts';

export type FoundEmployer = { employerId: string; version: number; attributes: EmployerAttributes };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The employer that a reference names: its id, `npp:<NPP>` or `nib:<NIB>`. Throws 404 where there is none or the
 * caller may not see it: both answer alike.
 *
 * @param options.everywhere the caller may name any employer of the nation, whatever it sees of it
 */
export async function findEmployer(
  client: ClientBase | Pool,
  actor: Actor,
  reference: string,
  options: { lock?: boolean; everywhere?: boolean } = {},
): Promise<FoundEmployer> {
  const found = await lookUpEmployer(client, reference, options);
  const seen = (each: FoundEmployer) =>
    options.everywhere ||
    sees(actor, { employerId: each.employerId, regionCode: each.attributes.regionCode });
  if (!found || !seen(found)) {
    throw new Problem('not_found', {
      detail: { id: 'Pemberi kerja tidak ditemukan.', en: 'No such employer.' },
    });
  }
  return found;
}

/** The employer that a reference names, whoever asks: what of it goes out is for the caller to decide. */
export async function lookUpEmployer(
  client: ClientBase | Pool,
  reference: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<FoundEmployer | undefined> {
  const [by, where, value] = condition(reference);
  if (value === undefined) return undefined;
  const rows = await client.query<EmployerRow>({
    name: `${lock ? 'lock' : 'find'} employer by ${by}`,
    text: `select ${EMPLOYER_COLUMNS} from employers e where ${where} ${lock ? 'for update of e' : ''}`,
    values: [value],
  });
  const row = rows.rows[0];
  return row && { employerId: row.employer_id, version: row.version, attributes: attributesOf(row) };
}

function condition(reference: string): [by: string, sql: string, value: string | undefined] {
  if (UUID.test(reference)) return ['id', 'e.employer_id = $1', reference];
  const [, prefix, given] = /^(npp|nib):(.+)$/i.exec(reference) ?? [];
  if (given === undefined) return ['', '', undefined];
  const scheme = prefix!.toLowerCase();
  const parsed = scheme === 'npp' ? parseNpp(given) : parseNib(given);
  const identified = `e.employer_id = (select i.employer_id from employer_identifiers i
                                       where i.scheme = '${scheme}' and i.value = $1)`;
  return [scheme, identified, parsed.ok ? parsed.value : undefined];
}
