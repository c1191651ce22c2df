import { standingOfPlacement } from '#src/domain/placements/statements.ts';
import { differingTerms, type PlacementTerms, samePrincipal } from '#src/domain/placements/terms.ts';
import type { Actor, AgencyKind } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';
import { type FoundEmployer, type StoredPlacement, sideOf } from '#src/registry/index.ts';

/** Kinds of agencies that may speak of a contract. */
export const PARTY_KINDS = [
  'employer',
  'procurement_unit',
  'labour_office',
  'social_security_branch',
  'regional_government',
  'operator',
] as const satisfies AgencyKind[];

/** Whether the caller speaks for the side that declared the contract. */
export function isDeclaringSide(placement: StoredPlacement, actor: Actor): boolean {
  return standingOfPlacement(placement.statements).declaredBy === sideOf(actor, placement.vendor.id);
}

/** Whether the caller is who declared the contract: of agencies only the same one changes what it declared. */
export function isDeclarer(placement: StoredPlacement, actor: Actor): boolean {
  return (
    isDeclaringSide(placement, actor) && (actor.kind === 'employer' || actor.agency === placement.agency)
  );
}

/** Whether the newest word of the caller's side on a contract has these terms. */
function hasSaid(placement: StoredPlacement, actor: Actor, terms: PlacementTerms): boolean {
  const side = sideOf(actor, placement.vendor.id);
  const said = placement.statements.findLast((statement) => statement.side === side);
  return (
    said?.terms !== undefined && said.confirmed !== false && differingTerms(said.terms, terms).length === 0
  );
}

/**
 * Whether a contract stands already as the caller declares it now. Throws 409 where its side has declared it with other
 * terms, and for a company where the vendor has the contract with somebody else: of that it learns nothing more.
 */
export function standsAlready(
  placement: StoredPlacement,
  actor: Actor,
  { terms, self }: { terms: PlacementTerms; self: FoundEmployer | undefined },
): boolean {
  if (self && !isPrincipal(placement, self)) {
    throw new Problem('contract_declared', {
      detail: {
        id: 'Nomor ini dipakai untuk kontrak dengan pengguna jasa lain; tanyakan kepada perusahaan alih daya itu.',
        en: 'The number is that of a contract with another principal; ask the vendor.',
      },
    });
  }
  if (hasSaid(placement, actor, terms)) return true;
  if (!isDeclaringSide(placement, actor)) return false;
  throw new Problem('contract_declared', {
    detail: {
      id: 'Kontrak ini sudah dinyatakan dengan ketentuan lain; yang menyatakannya mengubahnya dengan PATCH.',
      en: 'It is declared with other terms; who declared it changes it by PATCH.',
    },
  });
}

/** Whether a company is the principal of a contract, or can be the one that was only named. */
function isPrincipal(placement: StoredPlacement, { employerId, attributes }: FoundEmployer): boolean {
  if (placement.principalId !== undefined) return placement.principalId === employerId;
  const { principal } = standingOfPlacement(placement.statements).terms;
  const { legalName: name, npwp } = attributes;
  return samePrincipal(principal, { name, ...(npwp !== undefined && { npwp }) });
}
