import type { z } from 'zod';
import { type Side, standingOfPlacement } from '#src/domain/placements/statements.ts';
import type { PlacementTerms, Principal } from '#src/domain/placements/terms.ts';
import type { Actor } from '#src/http/actor.ts';
import type { StoredPlacement } from '#src/registry/index.ts';
import type { ListedPlacement, Placement } from './placement.ts';

type ListedView = z.input<typeof ListedPlacement>;

/** Sides as members of an answer are called. */
const MEMBERS = {
  vendor: 'vendor',
  principal: 'principal',
  procurement_unit: 'procurementUnit',
  agency: 'agency',
} as const satisfies Record<Side, string>;

/** The strong entity tag of a placement's version (RFC 9110 section 8.8.3). */
export function placementTag({ id, version }: Pick<StoredPlacement, 'id' | 'version'>): string {
  return `"${id}-${version}"`;
}

/** A placement as it stands in lists. */
export function listedView(placement: StoredPlacement, actor: Actor): ListedView {
  const { terms, declaredBy, state, mismatches, confirmedByPrincipal } = standingOfPlacement(
    placement.statements,
  );
  const { licence, ...vendor } = placement.vendor;
  const seesLicence = actor.kind !== 'employer' || actor.employerId === vendor.id;
  return {
    id: placement.id,
    vendor,
    ...(!licence && seesLicence && { unlicensed: true as const }),
    ...termsView(terms, actor, placement),
    confirmedByPrincipal,
    declaredBy,
    agency: placement.agency,
    state,
    mismatches: mismatches.map(({ field, values }) => ({
      field,
      ...Object.fromEntries(
        Object.entries(values).map(([side, value]) => [
          MEMBERS[side as Side],
          field === 'principal' ? principalView(value as Principal, actor, placement) : value,
        ]),
      ),
    })),
    createdAt: placement.createdAt.toISOString(),
    updatedAt: placement.updatedAt.toISOString(),
  };
}

/** A placement with all that was said of it. */
export function placementView(placement: StoredPlacement, actor: Actor): z.input<typeof Placement> {
  return {
    ...listedView(placement, actor),
    statements: placement.statements.map(({ terms, by, ...statement }) => ({
      ...statement,
      ...(actor.kind !== 'employer' && { by }),
      ...(terms && { terms: termsView(terms, actor, placement) }),
    })),
  };
}

function termsView<T extends PlacementTerms>(terms: T, actor: Actor, placement: StoredPlacement): T {
  return { ...terms, principal: principalView(terms.principal, actor, placement) };
}

/** A vendor that names its principal by NPWP does not learn from us whether that is an employer on record. */
function principalView(principal: Principal, actor: Actor, { vendor }: StoredPlacement): Principal {
  const { employerId: _, ...named } = principal;
  return actor.employerId === vendor.id && principal.npwp !== undefined ? named : principal;
}
