import type { Instant } from '#src/domain/civil.ts';
import { contractKey, differingTerms, type PlacementTerms, TERM_FIELDS, type TermField } from './terms.ts';

/** Who can speak of a contract; a procurement unit speaks for the buyer, any other agency for itself. */
export const SIDES = ['vendor', 'principal', 'procurement_unit', 'agency'] as const;
export type Side = (typeof SIDES)[number];

export const STATEMENT_KINDS = ['declaration', 'change', 'response'] as const;

/** How the other sides stand to the terms of who declared the contract. */
export const PLACEMENT_STATES = ['declared', 'confirmed', 'disputed'] as const;
export type PlacementState = (typeof PLACEMENT_STATES)[number];

/** What a side said of a contract, once and for all. */
export type Statement = {
  id: string;
  kind: (typeof STATEMENT_KINDS)[number];
  side: Side;
  /** Terms that the side states or, of a response, confirms or holds to be right; a bare denial states none. */
  terms?: PlacementTerms;
  /** Of a response. */
  confirmed?: boolean;
  reason?: string;
  recordedAt: Instant;
};

/** A term on which sides differ, as each has it that stated any; null where it states nothing there. */
export type Mismatch = { field: TermField; values: Partial<Record<Side, unknown>> };

/** What holds of a contract by what was said of it. */
export type PlacementStanding = {
  declaredBy: Side;
  /** The newest of the side that declared it. */
  terms: PlacementTerms;
  state: PlacementState;
  mismatches: Mismatch[];
  confirmedByPrincipal: boolean;
};

/**
 * What holds of a contract; `statements` in order of recording, the declaration first. The newest word of each side
 * counts. Whoever confirmed or denied terms that were changed afterwards has said nothing of the new ones; terms that a
 * side stated itself stand against whatever the other changes.
 */
export function standingOfPlacement(statements: readonly Statement[]): PlacementStanding {
  const [first] = statements;
  const declaredBy = first!.side;
  const own = statements.findLast(({ side }) => side === declaredBy)!;
  const terms = own.terms!;
  const words = SIDES.filter((side) => side !== declaredBy).flatMap((side) => {
    const said = statements.findLast((statement) => statement.side === side);
    return said ? [{ side, said, stance: stanceOf(said, own, statements) }] : [];
  });
  const state = words.some(({ stance }) => stance === 'denies')
    ? 'disputed'
    : words.some(({ stance }) => stance === 'agrees')
      ? 'confirmed'
      : 'declared';
  const against = words.filter(({ said, stance }) => stance === 'denies' && said.terms !== undefined);
  return {
    declaredBy,
    terms,
    state,
    mismatches: mismatchesOf(
      { side: declaredBy, terms },
      against.map(({ side, said }) => ({ side, terms: said.terms! })),
    ),
    confirmedByPrincipal:
      (isBuyer(declaredBy) && terms.confirmedByPrincipal !== false) ||
      words.some(({ side, stance }) => isBuyer(side) && stance === 'agrees'),
  };
}

type Stance = 'agrees' | 'denies' | 'silent';

function stanceOf(said: Statement, own: Statement, statements: readonly Statement[]): Stance {
  const changedSince = statements.indexOf(said) < statements.indexOf(own);
  if (said.confirmed === true) return changedSince && !agrees(said, own) ? 'silent' : 'agrees';
  if (said.terms !== undefined) return agrees(said, own) ? 'agrees' : 'denies';
  return changedSince ? 'silent' : 'denies';
}

function agrees(a: Statement, b: Statement): boolean {
  return differingTerms(a.terms!, b.terms!).length === 0;
}

/** The principal itself, and the unit that buys for it. */
function isBuyer(side: Side): boolean {
  return side === 'principal' || side === 'procurement_unit';
}

type Stated = { side: Side; terms: PlacementTerms };

function mismatchesOf(own: Stated, others: readonly Stated[]): Mismatch[] {
  const differing = new Set(others.flatMap(({ terms }) => differingTerms(own.terms, terms)));
  return TERM_FIELDS.filter((field) => differing.has(field)).map((field) => ({
    field,
    values: Object.fromEntries([own, ...others].map(({ side, terms }) => [side, terms[field] ?? null])),
  }));
}

/**
 * Whether anybody but the principal says that there is the contract, under the number that it has now: who names a
 * company as its vendor, or a contract of somebody else as its own, must not learn what only principals may know.
 */
export function isVouchedFor(statements: readonly Statement[]): boolean {
  const number = contractKey(standingOfPlacement(statements).terms.contractNumber);
  return SIDES.some((side) => {
    const said = statements.findLast((statement) => statement.side === side);
    return (
      side !== 'principal' && said?.terms !== undefined && contractKey(said.terms.contractNumber) === number
    );
  });
}

/** What was said by the instant; undefined where the contract was not yet declared. */
export function saidBy(statements: readonly Statement[], knownAt: Instant): readonly Statement[] | undefined {
  const said = statements.filter(({ recordedAt }) => recordedAt <= knownAt);
  return said.length > 0 ? said : undefined;
}
