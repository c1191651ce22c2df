import type { Day } from '#src/domain/civil.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { OutcomeKind } from './inspection.ts';
import { FULL_PRIORITY } from './weights.ts';

/** A case that something has come of, as its agency closed it. */
export type ClosedCase = {
  claims: readonly ReasonCode[];
  /** Priority on the day of assignment. */
  points: number;
  assignedOn: Day;
  kind: OutcomeKind;
  on: Day;
  found: readonly ReasonCode[];
};

/** How often a claim was right. */
export type Precision = { visits: number; confirmed: number };

/** Priorities in bands: the first and the last points of each. */
export const PRIORITY_BANDS = [0, 1, 2, 3].map((band) => ({
  from: (band * FULL_PRIORITY) / 4 + (band === 0 ? 0 : 1),
  to: ((band + 1) * FULL_PRIORITY) / 4,
}));

export type InspectionReport = {
  /** Visits, also those for which the queue claimed nothing. */
  visits: number;
  cancelled: number;
  /** Visits with a claim, and those of them that found what was claimed, at least one of it. */
  precision: Precision;
  /** Of each code that was claimed: visits with this claim, and those that found it. */
  byCode: (Precision & { code: ReasonCode })[];
  byBand: (Precision & { from: number; to: number })[];
  /** Twice the median of the days from assignment to visit, a whole number; undefined without a visit. */
  twiceMedianDays: number | undefined;
};

/** What came of cases, and how precise the claims were that they were taken for. */
export function reportOf(cases: readonly ClosedCase[]): InspectionReport {
  const visited = cases.filter(({ kind }) => kind === 'visited');
  const claimed = visited.filter(({ claims }) => claims.length > 0);
  const codes = [...new Set(claimed.flatMap(({ claims }) => claims))].sort();
  return {
    visits: visited.length,
    cancelled: cases.length - visited.length,
    precision: precisionOf(claimed, isConfirmed),
    byCode: codes.map((code) => ({
      code,
      ...precisionOf(
        claimed.filter(({ claims }) => claims.includes(code)),
        ({ found }) => found.includes(code),
      ),
    })),
    byBand: PRIORITY_BANDS.map(({ from, to }) => ({
      from,
      to,
      ...precisionOf(
        claimed.filter(({ points }) => points >= from && points <= to),
        isConfirmed,
      ),
    })),
    twiceMedianDays: twiceMedian(visited.map(({ assignedOn, on }) => daysBetween(assignedOn, on))),
  };
}

function isConfirmed({ claims, found }: ClosedCase): boolean {
  return claims.some((code) => found.includes(code));
}

function precisionOf(cases: readonly ClosedCase[], confirms: (each: ClosedCase) => boolean): Precision {
  return { visits: cases.length, confirmed: cases.filter(confirms).length };
}

function twiceMedian(numbers: number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = numbers.sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? 2 * sorted[half]! : sorted[half - 1]! + sorted[half]!;
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

/** A precision as a decimal with four places, cut off; undefined where there is no visit. */
export function ratioText({ visits, confirmed }: Precision): string | undefined {
  if (visits === 0) return undefined;
  const scaled = Math.floor((confirmed * 10_000) / visits);
  return `${Math.floor(scaled / 10_000)}.${String(scaled % 10_000).padStart(4, '0')}`;
}
