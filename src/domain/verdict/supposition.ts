import { type Day, EVER, type Period } from '#src/domain/civil.ts';
import { type Evidence, rosterFor } from '#src/domain/evidence.ts';
import type { Declaration, Facts, Payment } from '#src/domain/facts.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { wageShortfall } from '#src/domain/rules/minimum-wage.ts';
import { type AssessedLine, rosterSums } from '#src/domain/rules/roster.ts';
import { type ComparedLine, compareRoster, type SeenWorker } from '#src/domain/rules/roster-comparison.ts';
import type { Plan } from '#src/domain/suspensions.ts';

/** A payment that nobody has made. */
export type SupposedPayment = {
  amount: Rupiah;
  paidOn: Day;
  period?: Period | undefined;
  penalty?: boolean | undefined;
};

/** A roster that nobody has declared; it stands in place of the one that was. */
export type SupposedRoster = { period: Period; lines: readonly (AssessedLine & ComparedLine)[] };

/** A plan that nobody has agreed. */
export type SupposedPlan = Pick<Plan, 'codes' | 'periods' | 'agreedOn' | 'instalments'>;

/** What somebody asks "what if" about. */
export type Supposition = {
  payments?: readonly SupposedPayment[];
  rosters?: readonly SupposedRoster[];
  plans?: readonly SupposedPlan[];
  /** Whom each piece of evidence saw by name, to be held against supposed rosters; one that is absent stays as it is. */
  seen?: ReadonlyMap<string, readonly SeenWorker[]>;
};

/** The facts as they would be; nothing is stored. Throws ParameterNotPublished where a roster cannot be assessed. */
export function suppose(
  facts: Facts,
  law: Law,
  { payments = [], rosters = [], plans = [], seen = new Map() }: Supposition,
): Facts {
  const paid = payments.map(
    ({ amount, paidOn, period, penalty }, index): Payment => ({
      id: idOf(1, index),
      amount,
      paidOn,
      recordedAt: EVER,
      penalty: penalty ?? false,
      ...(period && { period }),
    }),
  );
  const declared = rosters.map(({ period, lines }, index): Declaration => {
    const shortfall = wageShortfall(facts, law, period, lines);
    return {
      id: idOf(2, index),
      period,
      recordedAt: EVER,
      ...rosterSums(law, period, lines),
      ...(shortfall && { shortfall }),
    };
  });
  const agreed = plans.map(
    (plan, index): Plan => ({ ...plan, kind: 'plan', id: idOf(3, index), recordedAt: EVER }),
  );
  const replaced = new Set(declared.map(({ period }) => period));
  const declarations = [...facts.declarations.filter(({ period }) => !replaced.has(period)), ...declared];
  declarations.sort((a, b) => (a.period < b.period ? -1 : 1));
  const first = declarations[0]?.period;
  const earlier = first !== undefined && (facts.trackedFrom === undefined || first < facts.trackedFrom);
  return {
    ...facts,
    ...(earlier && { trackedFrom: first }),
    declarations,
    payments: [...facts.payments, ...paid].sort((a, b) =>
      a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0,
    ),
    suspensions: [...facts.suspensions, ...agreed],
    evidence: facts.evidence.map((evidence) => comparedAnew(evidence, rosters, seen)),
  };
}

/**
 * The evidence held against the supposed roster of its month, unless one is declared of a later month, or it saw workers
 * by name and they are not given.
 */
function comparedAnew(
  evidence: Evidence,
  rosters: readonly SupposedRoster[],
  seen: ReadonlyMap<string, readonly SeenWorker[]>,
): Evidence {
  const supposed = rosterFor(
    evidence,
    [...rosters].sort((a, b) => (a.period < b.period ? -1 : 1)),
  );
  if (!supposed || supposed.period < (evidence.compared?.period ?? '')) return evidence;
  const named = seen.get(evidence.id) ?? (evidence.workersSeen === undefined ? [] : undefined);
  if (!named) return evidence;
  const { period, lines } = supposed;
  return { ...evidence, compared: { period, ...compareRoster(evidence, named, lines) } };
}

/** An id that no fact has. */
function idOf(kind: number, index: number): string {
  return `00000000-0000-7000-800${kind}-${String(index).padStart(12, '0')}`;
}
