import { addDays, type Day, firstDayBeyond, monthsAfter, periodOf } from '#src/domain/civil.ts';
import { countsOn } from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { Reason } from '#src/domain/verdict/reasons.ts';
import type { Judgement } from '#src/domain/verdict/verdict.ts';
import { foundBreach } from './inspection.ts';
import { type InspectionWeights, type PartScale, PRIORITY_PARTS, type PriorityPartName } from './weights.ts';

/** What each part of a priority rests on. */
export type PriorityFigures = {
  /** Arrears with late charges. */
  money: { arrears: Rupiah };
  /** Workers of the newest roster, and those that evidence says are missing from it. */
  workers: { declared: number; missing: number };
  /** Months begun since the oldest reason. */
  age: { months: number };
  /** The finding on workers, wages or programmes that weighs most, and the months for which it stays fresh. */
  evidence: { finding: 'none' | 'signal' | 'breach'; months: number };
  /** Visits that found a breach, procedures under PP 86/2013, and plans that were broken. */
  history: { visits: number; sanctions: number; brokenPlans: number };
  /** Flags in force. */
  flags: { inForce: number };
};

/** Points of a part, from 0 to its weight, with what they rest on. */
export type PriorityPart = {
  [N in PriorityPartName]: { name: N; points: number; figures: PriorityFigures[N] } & PartScale;
}[PriorityPartName];

/** How soon an inspector should go: the sum of the parts' points; 0 where there is nothing to look at. */
export type Priority = { points: number; parts: PriorityPart[] };

const FINDINGS: readonly ReasonCode[] = ['PARTIAL_WORKERS', 'PARTIAL_WAGES', 'PARTIAL_PROGRAMMES'];

/** Breaches and warnings: what there is to look at. */
export function claimsOf({ status, reasons }: Pick<Judgement, 'status' | 'reasons'>): readonly Reason[] {
  return status === 'not_in_scope' ? [] : reasons.filter(({ severity }) => severity !== 'info');
}

/**
 * The priority of an employer on the day of the judgement, from the facts that hold by then. More of anything never
 * lowers it, and where there is a breach or a warning it is at least 1, as its age is a month then.
 */
export function priorityOf(judgement: Judgement, facts: Facts, law: Law, asOf: Day): Priority {
  const claims = claimsOf(judgement);
  if (claims.length === 0) return { points: 0, parts: [] };
  const { value: weights } = law.inspectionWeights(asOf);
  const figures: PriorityFigures = {
    ...figuresOf(judgement, claims, facts, asOf),
    workers: workersOf(claims, facts, law, asOf),
    evidence: findingOf(claims, weights.evidence, asOf),
  };
  const parts = PRIORITY_PARTS.map((name) => partOf(name, figures, weights));
  return { points: parts.reduce((sum, { points }) => sum + points, 0), parts };
}

function figuresOf(
  { arrears, reasons, restrictions }: Judgement,
  claims: readonly Reason[],
  facts: Facts,
  asOf: Day,
): Omit<PriorityFigures, 'workers' | 'evidence'> {
  const oldest = claims.map(({ since }) => since).sort()[0]!;
  return {
    money: { arrears: arrears.total },
    age: { months: monthsBegun(oldest, asOf) },
    history: {
      visits: facts.inspections.filter((each) => each.outcome && each.outcome.on <= asOf && foundBreach(each))
        .length,
      sanctions: facts.sanctions.filter(({ openedOn }) => openedOn <= asOf).length,
      brokenPlans: reasons.filter(({ code, state }) => code === 'PLAN' && state === 'broken').length,
    },
    flags: { inForce: restrictions.filter(({ kind }) => kind !== 'tmp2t').length },
  };
}

/** Where nothing was ever declared, all that were seen are missing. */
function workersOf(claims: readonly Reason[], facts: Facts, law: Law, asOf: Day): PriorityFigures['workers'] {
  const newest = facts.declarations.findLast(({ period }) => period <= periodOf(asOf));
  if (!newest) {
    const seen = facts.evidence
      .filter((each) => countsOn(each, law, asOf))
      .map(({ headcount = 0, workersSeen = 0 }) => Math.max(headcount, workersSeen));
    return { declared: 0, missing: Math.max(0, ...seen) };
  }
  const missing = claims
    .filter(({ code }) => code === 'PARTIAL_WORKERS')
    .reduce((most, { workers = 0 }) => Math.max(most, workers), 0);
  return { declared: newest.headcount, missing };
}

function findingOf(
  claims: readonly Reason[],
  scale: InspectionWeights['evidence'],
  asOf: Day,
): PriorityFigures['evidence'] {
  const findings = claims
    .filter(({ code }) => FINDINGS.includes(code))
    .map(({ severity, since }) => ({
      finding: severity === 'breach' ? ('breach' as const) : ('signal' as const),
      months: Math.max(1, scale.fullAt + 1 - monthsBegun(since, asOf)),
    }));
  return findings.reduce<PriorityFigures['evidence']>(
    (most, each) => (findingPoints(each, scale) > findingPoints(most, scale) ? each : most),
    { finding: 'none', months: 0 },
  );
}

function findingPoints(
  { finding, months }: PriorityFigures['evidence'],
  { weight, signalWeight, fullAt }: InspectionWeights['evidence'],
): number {
  return inProportion(months, { weight: finding === 'signal' ? signalWeight : weight, fullAt });
}

/** Months since the day, one begun being a month: the day itself is in the first. */
function monthsBegun(since: Day, asOf: Day): number {
  return monthsAfter(addDays(since, -1), asOf);
}

/** The days in (after, until) on which a priority changes although the judgement does not: its reasons grow older. */
export function ageingDays({ reasons }: Pick<Judgement, 'reasons'>, after: Day, until: Day): Day[] {
  if (reasons.length === 0) return [];
  const days = new Set<Day>();
  for (const { since } of reasons) {
    const eve = addDays(since, -1);
    for (let months = Math.max(1, monthsAfter(eve, after)); ; months += 1) {
      const day = firstDayBeyond(eve, months);
      if (day >= until) break;
      if (day > after) days.add(day);
    }
  }
  return [...days].sort();
}

function partOf(name: PriorityPartName, figures: PriorityFigures, weights: InspectionWeights): PriorityPart {
  const scale = weights[name];
  const points = pointsOf(name, figures, weights);
  return { name, points, weight: scale.weight, fullAt: scale.fullAt, figures: figures[name] } as PriorityPart;
}

function pointsOf(name: PriorityPartName, figures: PriorityFigures, weights: InspectionWeights): number {
  const { money, workers, age, evidence, history, flags } = figures;
  switch (name) {
    case 'money':
      return inProportion(money.arrears, weights.money);
    case 'workers':
      return inProportion(workers.declared + workers.missing, weights.workers);
    case 'age':
      return inProportion(age.months, weights.age);
    case 'evidence':
      return findingPoints(evidence, weights.evidence);
    case 'history':
      return inProportion(history.visits + history.sanctions + history.brokenPlans, weights.history);
    case 'flags':
      return inProportion(flags.inForce, weights.flags);
  }
}

/** The figure's part of the weight, rounded up to a whole point: what there is at all is worth one. */
function inProportion(figure: number, { weight, fullAt }: PartScale): number {
  if (figure >= fullAt) return weight;
  const product = weight * figure;
  const rest = product % fullAt;
  return (product - rest) / fullAt + (rest > 0 ? 1 : 0);
}
