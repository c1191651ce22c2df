import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { covers, sees } from '#src/http/actor.ts';
import {
  attributesOf,
  EMPLOYER_COLUMNS,
  type EmployerRecord,
  SCHEMES,
  type Scheme,
  sameAttributes,
  unsoundness,
} from '#src/registry/index.ts';
import { changedBy, createdBy } from './employer-attributes.ts';
import type { EmployerRow } from './employer-rows.ts';
import { mask } from './mask.ts';
import type { ImportCode } from './messages.ts';
import type { Applying, LineFault } from './plan.ts';

type Fault = Omit<LineFault<'employers'>, 'line'>;
type Drafted = { employerId: string; version: number; stored?: EmployerAttributes; now: EmployerAttributes };

/** The employers that lines speak of, as they will be: line upon line, until they are recorded at once. */
export type RegistryDraft = {
  /** Applies a line, or gives what is wrong with it and applies nothing. */
  take(row: EmployerRow): Fault[];
  /** The employers that differ from what is on file. */
  records(): EmployerRecord[];
};

/** Loads, and locks for the transaction, the employers that any identifier of the lines belongs to. */
export async function openDraft(
  { deps, actor, today }: Applying,
  tx: Tx,
  rows: readonly EmployerRow[],
): Promise<RegistryDraft> {
  const drafts = await load(tx, rows);
  const owners = new Map<string, Drafted>();
  const own = (draft: Drafted) => {
    for (const scheme of SCHEMES) {
      const value = draft.now[scheme];
      if (value !== undefined) owners.set(`${scheme}:${value}`, draft);
    }
  };
  drafts.forEach(own);
  const ownerOf = (row: EmployerRow, scheme: Scheme) => owners.get(`${scheme}:${row[scheme]}`);
  const fault = (row: EmployerRow, scheme: Scheme, code: ImportCode): Fault[] => [
    { code, column: scheme, value: mask(row[scheme]!, scheme === 'npwp') },
  ];

  return {
    take(row) {
      const byNpp = ownerOf(row, 'npp');
      const byNib = ownerOf(row, 'nib');
      if (byNpp && byNib && byNpp !== byNib) return fault(row, 'nib', 'identifier_conflict');
      const known = byNpp ?? byNib;
      if (known && !sees(actor, { employerId: known.employerId, regionCode: known.now.regionCode })) {
        return fault(row, byNpp ? 'npp' : 'nib', 'employer_not_found');
      }
      for (const scheme of SCHEMES) {
        const owner = ownerOf(row, scheme);
        // What an employer gave up in this chunk is free only after it.
        if (owner && (owner !== known || owner.now[scheme] !== row[scheme]))
          return fault(row, scheme, 'identifier_taken');
      }
      const merged = known ? changedBy(row, known.now, today) : createdBy(row, today);
      if (Array.isArray(merged)) return merged.map((column) => ({ code: 'required', column }));
      const unsound = unsoundness(deps, merged, today).map(({ pointer, code }) => ({
        code: code as ImportCode,
        column: pointer.slice(1) as NonNullable<Fault['column']>,
      }));
      if (unsound.length > 0) return unsound;
      const moved = known?.now.regionCode !== merged.regionCode;
      const allowed = actor.regions.some((region) => covers(region, merged.regionCode));
      if (moved && (actor.kind === 'employer' || !allowed)) {
        return [{ code: 'outside_jurisdiction', column: 'regionCode', value: merged.regionCode }];
      }
      const draft = known ?? { employerId: uuidv7(), version: 0, now: merged };
      draft.now = merged;
      if (!known) drafts.push(draft);
      own(draft);
      return [];
    },
    records: () =>
      drafts
        .filter(({ stored, now }) => stored === undefined || !sameAttributes(stored, now))
        .map(({ employerId, version, now }) => ({ employerId, version: version + 1, attributes: now })),
  };
}

async function load(tx: Tx, rows: readonly EmployerRow[]): Promise<Drafted[]> {
  const wanted = rows.flatMap((row) =>
    SCHEMES.flatMap((scheme) => (row[scheme] === undefined ? [] : [[scheme, row[scheme]] as const])),
  );
  const found = await tx.client.query(
    `select ${EMPLOYER_COLUMNS} from employers e
     where e.employer_id in (
       select i.employer_id from employer_identifiers i
       join unnest($1::text[], $2::text[]) as w (scheme, value) on w.scheme = i.scheme and w.value = i.value)
     order by e.employer_id for update of e`,
    [wanted.map(([scheme]) => scheme), wanted.map(([, value]) => value)],
  );
  return found.rows.map((row) => {
    const attributes = attributesOf(row);
    return { employerId: row.employer_id, version: row.version, stored: attributes, now: attributes };
  });
}
