import type { ClientBase, Pool } from 'pg';
import type { Day } from '#src/domain/civil.ts';
import type { Side, Statement } from '#src/domain/placements/statements.ts';
import { type Actor, underRegions } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

/** A statement with who made it. */
export type StoredStatement = Statement & { agency: string; by: string };

/** A contract under which a vendor places workers, with all that was said of it, in order of recording. */
export type StoredPlacement = {
  id: string;
  version: number;
  vendor: { id: string; legalName: string; npp?: string; licence?: { licensedOn?: Day } };
  /** The principal, where it is an employer on record: as stated, or because it took part itself. */
  principalId?: string;
  /** Of who declared it. */
  agency: string;
  statements: readonly StoredStatement[];
  createdAt: Date;
  updatedAt: Date;
};

export type PlacementRow = {
  placement_id: string;
  version: number;
  employer_id: string;
  legal_name: string;
  npp: string | null;
  licence: { licensedOn?: Day } | null;
  principal_id: string | null;
  agency_code: string;
  created_at: Date;
  updated_at: Date;
  statements: StoredStatement[];
};

/** Selects {@link PlacementRow}: placements `p` of vendors `e` for principals `c`; a `where` can follow. */
export const SELECT_PLACEMENTS = `
  select p.placement_id, p.version, p.employer_id, e.legal_name, e.npp,
         case when e.outsourcing_licence is not null
              then json_strip_nulls(json_build_object('licensedOn', e.outsourcing_licensed_on)) end as licence,
         p.principal_id, p.agency_code, p.created_at, p.updated_at, t.statements
  from placements p
  join employers e on e.employer_id = p.employer_id
  left join employers c on c.employer_id = p.principal_id
  cross join lateral (
    select json_agg(json_strip_nulls(json_build_object(
             'id', o.statement_id, 'kind', o.kind, 'side', o.side, 'terms', o.terms, 'confirmed', o.confirmed,
             'reason', o.reason, 'agency', o.agency_code, 'by', o.recorded_by->>'sub',
             'recordedAt', to_char(o.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
           )) order by o.recorded_at) as statements
    from placement_statements o where o.employer_id = p.employer_id and o.placement_id = p.placement_id
  ) t`;

/**
 * SQL text: placements of {@link SELECT_PLACEMENTS} that the caller sees. An employer sees those in which it is the
 * vendor or the principal; an agency those of vendors and principals in its regions, and those that it spoke of itself.
 */
export function visiblePlacements(actor: Actor, bind: (value: unknown) => string): string {
  if (actor.kind === 'employer') {
    const own = bind(actor.employerId ?? null);
    return `(p.employer_id = ${own} or p.principal_id = ${own})`;
  }
  return `(${underRegions(actor.regions, 'e', bind)} or ${underRegions(actor.regions, 'c', bind)}
           or p.placement_id in (select s.placement_id from placement_statements s
                                 where s.agency_code = ${bind(actor.agency)}))`;
}

/** The placement with this id; throws 404 where there is none that the caller may see. */
export async function findPlacement(
  client: ClientBase | Pool,
  actor: Actor,
  placementId: string,
): Promise<StoredPlacement> {
  const values: unknown[] = [placementId];
  const visible = visiblePlacements(actor, (value) => `$${values.push(value)}`);
  const found = await client.query<PlacementRow>(
    `${SELECT_PLACEMENTS} where p.placement_id = $1 and ${visible}`,
    values,
  );
  if (!found.rows[0]) {
    throw new Problem('not_found', {
      detail: { id: 'Penempatan tidak ditemukan.', en: 'No such placement.' },
    });
  }
  return storedPlacement(found.rows[0]);
}

/** The vendor's contract under this number, as it is compared, whoever asks. */
export async function findContract(
  client: ClientBase | Pool,
  vendorId: string,
  contractKey: string,
): Promise<StoredPlacement | undefined> {
  const found = await client.query<PlacementRow>(
    `${SELECT_PLACEMENTS} where p.employer_id = $1 and p.contract_key = $2`,
    [vendorId, contractKey],
  );
  return found.rows[0] && storedPlacement(found.rows[0]);
}

/** The placement in a row; what is null is absent. */
export function storedPlacement(row: PlacementRow): StoredPlacement {
  return {
    id: row.placement_id,
    version: row.version,
    vendor: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      ...(row.licence && { licence: row.licence }),
    },
    ...(row.principal_id !== null && { principalId: row.principal_id }),
    agency: row.agency_code,
    statements: row.statements,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** For whom a caller speaks of a vendor's contracts. */
export function sideOf(actor: Actor, vendorId: string): Side {
  if (actor.kind === 'employer') return actor.employerId === vendorId ? 'vendor' : 'principal';
  return actor.kind === 'procurement_unit' ? 'procurement_unit' : 'agency';
}
