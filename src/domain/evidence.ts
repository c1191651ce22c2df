import { addDays, addMonths, type Day, type Instant, type Period, periodOf } from './civil.ts';
import type { Rupiah } from './money.ts';
import type { Law } from './parameters.ts';

/** Where evidence about an employer's workers and wages comes from. */
export const EVIDENCE_KINDS = [
  'wlkp_report',
  'tax_withholding',
  'inspection',
  'procurement_contract',
  'worker_complaint',
  'licence_application',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Kinds of agencies that record evidence: a company does not speak about itself, nor an auditor about anybody. */
export const EVIDENCE_RECORDERS = [
  'social_security_branch',
  'labour_office',
  'licensing_office',
  'procurement_unit',
  'prosecutor',
  'regional_government',
  'village_government',
  'operator',
] as const;

/** Those of them that record inspections, which make a breach and no mere warning. */
export const INSPECTION_RECORDERS = ['social_security_branch', 'labour_office', 'operator'] as const;

/** The kinds of agencies that record evidence of a kind. */
export function recordersOf(kind: EvidenceKind): readonly (typeof EVIDENCE_RECORDERS)[number][] {
  return kind === 'inspection' ? INSPECTION_RECORDERS : EVIDENCE_RECORDERS;
}

/** The most workers that evidence is believed to tell of. */
export const MAX_HEADCOUNT = 10_000_000;

/** So much evidence about one employer an agency records in a year: each judgement of the employer reads all of it. */
export const MOST_EVIDENCE_A_YEAR = 5_000;

/** What a roster shows when evidence is held against it: counts and sums, nobody by name. */
export type EvidenceComparison = {
  /** Of the declared roster. */
  headcount: number;
  wageBill: Rupiah;
  /** Workers seen by name who are not on the roster. */
  missing: number;
  /** Declared workers with a lower wage than was seen of them, or than the lowest of anybody, and by how much in sum. */
  underpaid: number;
  hiddenWages: Rupiah;
};

/** A statement on an employer's workers and wages on a day that does not come from its declarations. */
export type Evidence = {
  id: string;
  kind: EvidenceKind;
  agency: string;
  observedOn: Day;
  recordedAt: Instant;
  headcount?: number;
  /** Rupiah a month. */
  wageBill?: Rupiah;
  lowestWage?: Rupiah;
  /** How many workers were seen by name. */
  workersSeen?: number;
  /** The roster of the month, or the newest before it, and what it shows; absent where there is none. */
  compared?: { period: Period } & EvidenceComparison;
};

/** Evidence as it was recorded, with what rosters show, by the declaration of each: one of them is that of its month. */
export type RecordedEvidence = Omit<Evidence, 'compared'> & {
  comparisons: ReadonlyMap<string, EvidenceComparison>;
};

/** The roster that evidence is held against: of the month of `observedOn`, else the newest before it. */
export function rosterFor<D extends { period: Period }>(
  { observedOn }: Pick<Evidence, 'observedOn'>,
  /** One per period, oldest period first. */
  declarations: readonly D[],
): D | undefined {
  return declarations.findLast(({ period }) => period <= periodOf(observedOn));
}

/** The evidence with what the one of these rosters shows that it is held against. */
export function heldAgainst(
  { comparisons, ...evidence }: RecordedEvidence,
  declarations: readonly { id: string; period: Period }[],
): Evidence {
  const roster = rosterFor(evidence, declarations);
  const shown = roster && comparisons.get(roster.id);
  return shown ? { ...evidence, compared: { period: roster.period, ...shown } } : evidence;
}

/**
 * The last day on which evidence counts: the day before `observedOn` plus the term of the policy on evidence, clamped to
 * a month's end. The first is `observedOn` itself: of 3 March 2026 it counts through 2 March 2027.
 */
export function countsThrough({ observedOn }: Pick<Evidence, 'observedOn'>, law: Law): Day {
  return addDays(addMonths(observedOn, law.quantity('evidence-term', observedOn).value), -1);
}

/** Whether evidence counts on a day. */
export function countsOn(evidence: Pick<Evidence, 'observedOn'>, law: Law, asOf: Day): boolean {
  return evidence.observedOn <= asOf && asOf <= countsThrough(evidence, law);
}

/** Days after `asOf` on which evidence starts or stops to count. */
export function evidenceChangeDays(evidence: Pick<Evidence, 'observedOn'>, law: Law, asOf: Day): Day[] {
  return [evidence.observedOn, addDays(countsThrough(evidence, law), 1)].filter((day) => day > asOf);
}

/**
 * The newest of this evidence that counts on the day and tells whether there are workers, if it says that there are none:
 * who is not registered then need not be. Whoever sees a worker or a wage has seen that there are some.
 */
export function withoutWorkers(evidence: readonly Evidence[], law: Law, asOf: Day): Evidence | undefined {
  const some = (each: Evidence) =>
    Boolean(each.headcount || each.workersSeen || each.wageBill || each.lowestWage);
  const telling = evidence.filter(
    (each) => countsOn(each, law, asOf) && (each.headcount === 0 || some(each)),
  );
  const newest = telling.sort(byNewest).at(-1);
  return newest && !some(newest) ? newest : undefined;
}

/** Orders evidence by the day that it speaks of, then as it was recorded. */
export function byNewest(a: Evidence, b: Evidence): number {
  const [one, other] = [a, b].map(({ observedOn, recordedAt, id }) => `${observedOn} ${recordedAt} ${id}`);
  return one! < other! ? -1 : 1;
}

/** What a piece of evidence shows against the roster: how many workers at least, and how much of their wages. */
export type Finding =
  | { code: 'PARTIAL_WORKERS'; workers: number }
  /** `workers` is absent where only the sum of wages tells, `amount` where it would tell what somebody earns. */
  | { code: 'PARTIAL_WAGES'; workers?: number; amount?: Rupiah };

/** Of fewer workers the sum of what is hidden is not told: whoever states a wage would learn from it the declared one. */
export const FEWEST_SUMMED = 3;

/**
 * What the evidence shows that the roster hides; nothing where there is no roster. Who was seen by name, and how many
 * there were, may be the same workers: the higher number counts, never their sum; so it is with the wages of some and a
 * wage bill. A wage bill above the declared one speaks only where the same evidence shows no worker missing: hidden workers would explain it, and a
 * company that reports wages too low (PDS Upah) is one whose workers are all in (law.md, section 9).
 */
export function findingsOf({ headcount = 0, wageBill = 0, compared }: Evidence): Finding[] {
  if (!compared) return [];
  const findings: Finding[] = [];
  const missing = Math.max(headcount - compared.headcount, compared.missing);
  if (missing > 0) findings.push({ code: 'PARTIAL_WORKERS', workers: missing });
  const workers = compared.underpaid;
  const unexplained = missing > 0 ? 0 : wageBill - compared.wageBill;
  const amount = Math.max(workers < FEWEST_SUMMED ? 0 : compared.hiddenWages, unexplained);
  if (workers > 0 || amount > 0) {
    findings.push({ code: 'PARTIAL_WAGES', ...(workers > 0 && { workers }), ...(amount > 0 && { amount }) });
  }
  return findings;
}
