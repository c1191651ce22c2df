import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import {
  type PlacementStanding,
  type Statement,
  standingOfPlacement,
} from '#src/domain/placements/statements.ts';
import { contractKey, samePrincipal } from '#src/domain/placements/terms.ts';
import type { StoredPlacement } from '#src/registry/index.ts';

/** What somebody says of a contract of a vendor. */
export type Said = Omit<Statement, 'id' | 'recordedAt'>;

/** Which contract of which vendor it is about; `before` is what is held of it, where it is declared already. */
export type SaidOf = { vendorId: string; placementId: string; before?: StoredPlacement | undefined };

/**
 * Records what somebody says of a contract, as a fact and in what holds of it from now on. The caller holds the
 * vendor's lock; `lockedAt` is the time of recording that it gave.
 */
export async function recordStatement(
  tx: Tx,
  by: RecordedBy,
  { vendorId, placementId, before }: SaidOf,
  said: Said,
  lockedAt: Date,
): Promise<void> {
  const recordedAt = new Date(Math.max(lockedAt.getTime(), (before?.updatedAt.getTime() ?? 0) + 1));
  const statement: Statement = { ...said, id: uuidv7(), recordedAt: recordedAt.toISOString() };
  const standing = standingOfPlacement([...(before?.statements ?? []), statement]);
  await writePlacement(tx, {
    vendorId,
    placementId,
    standing,
    principalId: principalIdOf(standing, by, said, before),
    agency: before?.agency ?? by.agency,
    recordedAt,
  });
  await tx.client.query(
    `insert into placement_statements (employer_id, placement_id, statement_id, kind, side, agency_code, terms,
                                       confirmed, reason, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      vendorId,
      placementId,
      statement.id,
      said.kind,
      said.side,
      by.agency,
      said.terms ?? null,
      said.confirmed ?? null,
      said.reason ?? null,
      recordedAt,
      by,
    ],
  );
}

/** The principal on record: as stated, or the company that spoke as the principal that was only named. */
function principalIdOf(
  { terms }: PlacementStanding,
  by: RecordedBy,
  { side }: Said,
  before: StoredPlacement | undefined,
): string | undefined {
  const { principal } = terms;
  if (principal.employerId !== undefined) return principal.employerId;
  if (side === 'principal') return by.employer;
  if (!before) return undefined;
  const unchanged = samePrincipal(standingOfPlacement(before.statements).terms.principal, principal);
  return unchanged ? before.principalId : undefined;
}

async function writePlacement(
  tx: Tx,
  {
    vendorId,
    placementId,
    standing: { terms, declaredBy, state, mismatches },
    principalId,
    agency,
    recordedAt,
  }: {
    vendorId: string;
    placementId: string;
    standing: PlacementStanding;
    principalId: string | undefined;
    agency: string;
    recordedAt: Date;
  },
): Promise<void> {
  await tx.client.query(
    `insert into placements (employer_id, placement_id, version, principal_id, principal_name, principal_npwp,
                             contract_number, contract_key, procurement_reference, starts_on, ends_on,
                             workers_contracted, billed_monthly_wage, declared_by, agency_code, state, differing,
                             created_at, updated_at)
     values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
     on conflict (employer_id, placement_id) do update
       set version = placements.version + 1, principal_id = excluded.principal_id,
           principal_name = excluded.principal_name, principal_npwp = excluded.principal_npwp,
           contract_number = excluded.contract_number, contract_key = excluded.contract_key,
           procurement_reference = excluded.procurement_reference, starts_on = excluded.starts_on,
           ends_on = excluded.ends_on, workers_contracted = excluded.workers_contracted,
           billed_monthly_wage = excluded.billed_monthly_wage, state = excluded.state,
           differing = excluded.differing, updated_at = excluded.updated_at`,
    [
      vendorId,
      placementId,
      principalId ?? null,
      terms.principal.name,
      terms.principal.npwp ?? null,
      terms.contractNumber,
      contractKey(terms.contractNumber),
      terms.procurementReference ?? null,
      terms.startsOn,
      terms.endsOn ?? null,
      terms.workersContracted,
      terms.billedMonthlyWage ?? null,
      declaredBy,
      agency,
      state,
      mismatches.map(({ field }) => field),
      recordedAt,
    ],
  );
}
