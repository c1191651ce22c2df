import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { missingWorkers, type PlacedWorkers } from '#src/domain/placements/contract-standing.ts';
import { isVouchedFor, standingOfPlacement } from '#src/domain/placements/statements.ts';
import { STATUSES } from '#src/domain/status.ts';
import { standingOf } from '#src/domain/verdict/standing.ts';
import { DayOut, IdOut } from '#src/http/fields.ts';
import type { StoredPlacement } from '#src/registry/index.ts';

const Count = z.int().min(0);
const counts = {
  contracted: Count,
  declared: Count.optional().meta({
    description: 'Absent while only the principal says that there is a contract',
  }),
  missing: Count.optional(),
};

export const OwnVendor = z
  .object({
    employer: z
      .object({ id: IdOut, legalName: z.string().max(200), npp: z.string().max(20).optional() })
      .meta({ id: 'OwnVendorName' }),
    status: z
      .enum(STATUSES)
      .optional()
      .meta({ description: 'Absent while only the principal says that there is a contract' }),
    validUntil: DayOut.nullable().optional(),
    placements: z
      .object({ current: Count, ...counts })
      .meta({ description: "The principal's own contracts" }),
    contracts: z.array(z.object({ id: IdOut, contractNumber: z.string().max(100), ...counts })).max(10_000),
  })
  .meta({
    id: 'OwnVendor',
    description: 'What a principal sees of a vendor that works for it, and nothing else',
  });

export type OwnVendorView = z.input<typeof OwnVendor>;

/** A contract of a principal with what its roster shows, if there is one. */
export type OwnContract = { placement: StoredPlacement; placed: PlacedWorkers | undefined };

/**
 * What a principal sees of a vendor. Standing and counts are shown only where somebody else says, too, that the vendor
 * works for it: a company cannot look at any other by naming it.
 */
export function ownVendorView(
  facts: Facts,
  law: Law,
  today: Day,
  contracts: readonly OwnContract[],
): OwnVendorView {
  const { id, legalName, npp } = contracts[0]!.placement.vendor;
  const shown = contracts.map(({ placement, placed }) => {
    const { terms } = standingOfPlacement(placement.statements);
    return {
      id: placement.id,
      contractNumber: terms.contractNumber,
      contracted: terms.workersContracted,
      ...(isVouchedFor(placement.statements) && {
        declared: placed?.declared ?? 0,
        missing: missingWorkers(law, today, terms, placed),
      }),
    };
  });
  const vouched = shown.filter(({ missing }) => missing !== undefined);
  const standing = vouched.length > 0 ? standingOf(facts, law, today) : undefined;
  return {
    employer: { id, legalName, ...(npp !== undefined && { npp }) },
    ...(standing && { status: standing.status, validUntil: standing.validUntil }),
    placements: {
      current: shown.length,
      contracted: sum(shown.map(({ contracted }) => contracted)),
      ...(standing && {
        declared: sum(vouched.map(({ declared }) => declared!)),
        missing: sum(vouched.map(({ missing }) => missing!)),
      }),
    },
    contracts: shown,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0);
}
