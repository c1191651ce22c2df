import type { Day } from '#src/domain/civil.ts';
import { normaliseName } from '#src/domain/identifiers.ts';
import type { Rupiah } from '#src/domain/money.ts';

/** Whom a vendor's workers work for: an employer on record, or somebody who is only named. */
export type Principal = {
  /** Of an employer on record, stated or found by its NPWP. */
  employerId?: string;
  name: string;
  /** As it was stated. */
  npwp?: string;
};

/** What a side says of a contract under which a vendor (*perusahaan alih daya*) places workers. */
export type PlacementTerms = {
  principal: Principal;
  contractNumber: string;
  procurementReference?: string;
  startsOn: Day;
  endsOn?: Day;
  workersContracted: number;
  /** What the principal is billed for a worker's wage a month. */
  billedMonthlyWage?: Rupiah;
  /** What the side claims of the principal; it confirms nothing unless the principal's own side says it. */
  confirmedByPrincipal?: boolean;
};

/** Terms on which the sides of a contract can differ, in the order in which mismatches are listed. */
export const TERM_FIELDS = [
  'principal',
  'contractNumber',
  'procurementReference',
  'startsOn',
  'endsOn',
  'workersContracted',
  'billedMonthlyWage',
] as const satisfies (keyof PlacementTerms)[];
export type TermField = (typeof TERM_FIELDS)[number];

/**
 * A contract number as it is compared, by the sides and with roster lines: upper case, one kind of dash, no white
 * space but single blanks between letters or digits (`pks – 7 / 2026` is `PKS-7/2026`).
 */
export function contractKey(contractNumber: string): string {
  const key = contractNumber
    .normalize('NFKC')
    .toUpperCase()
    .normalize('NFKC')
    .replace(/\p{Dash}/gu, '-')
    .replace(/\s+/gu, ' ')
    .replace(/ ?([^\p{L}\p{N} ]) ?/gu, '$1')
    .trim();
  // Combining marks that white space kept apart stand together now, and have one order among themselves.
  return key.normalize('NFKC');
}

/** The terms in which two statements differ. */
export function differingTerms(a: PlacementTerms, b: PlacementTerms): TermField[] {
  return TERM_FIELDS.filter((field) => !sameTerm(field, a, b));
}

function sameTerm(field: TermField, a: PlacementTerms, b: PlacementTerms): boolean {
  if (field === 'principal') return samePrincipal(a.principal, b.principal);
  if (field === 'contractNumber') return contractKey(a.contractNumber) === contractKey(b.contractNumber);
  return a[field] === b[field];
}

/** Whether two statements mean the same principal: by the strongest identifier that both have, else by name. */
export function samePrincipal(a: Principal, b: Principal): boolean {
  if (a.employerId !== undefined && b.employerId !== undefined) return a.employerId === b.employerId;
  if (a.npwp !== undefined && b.npwp !== undefined) return a.npwp === b.npwp;
  return normaliseName(a.name) === normaliseName(b.name);
}
