import type { Day, Period } from '#src/domain/civil.ts';
import {
  byNewest,
  countsOn,
  countsThrough,
  type Evidence,
  type Finding,
  findingsOf,
} from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { type Reason, type Refuted, SEVERITIES } from './reasons.ts';

/** What a piece of evidence shows of a month, and how grave that is. */
type Shown = Finding & { evidence: Evidence; period: Period; severity: Reason['severity'] };

/**
 * Workers and wages that evidence shows to be hidden, on a day on which it counts: a breach where an inspection saw it,
 * a warning from elsewhere, an info where it was refuted. Of several pieces of evidence on a month that are as grave, one
 * speaks: of workers that which shows most, of wages that with the highest amount, then the newest. However many there
 * are, a verdict stays bounded.
 */
export function evidenceReasons(facts: Facts, law: Law, asOf: Day, refuted: Refuted): Reason[] {
  if (facts.evidence.length === 0) return [];
  const counting = facts.evidence.filter((evidence) => countsOn(evidence, law, asOf));
  const loudest = new Map<string, Shown>();
  for (const shown of counting.flatMap((evidence) => shownBy(evidence, refuted))) {
    const key = `${shown.code} ${shown.severity} ${shown.period}`;
    const known = loudest.get(key);
    if (!known || isLouder(shown, known)) loudest.set(key, shown);
  }
  return [...loudest.values()].sort(inOrder).map((shown) => reasonOf(shown, law));
}

/** How grave it is what evidence of this kind shows. */
export function severityOf({ kind }: Pick<Evidence, 'kind'>): 'breach' | 'warning' {
  return kind === 'inspection' ? 'breach' : 'warning';
}

function shownBy(evidence: Evidence, refuted: Refuted): Shown[] {
  if (!evidence.compared) return [];
  const { period } = evidence.compared;
  return findingsOf(evidence).map((finding) => {
    const isRefuted = refuted(finding.code, period, evidence.recordedAt);
    return { ...finding, evidence, period, severity: isRefuted ? 'info' : severityOf(evidence) };
  });
}

/** A wage bill tells how much is hidden, and not of how many. */
function isLouder(a: Shown, b: Shown): boolean {
  const louder =
    amountOf(a) - amountOf(b) || (a.workers ?? 0) - (b.workers ?? 0) || byNewest(a.evidence, b.evidence);
  return louder > 0;
}

function amountOf(shown: Shown): number {
  return shown.code === 'PARTIAL_WAGES' ? (shown.amount ?? 0) : 0;
}

/** Workers before wages, breaches before warnings, earlier months first. */
function inOrder(a: Shown, b: Shown): number {
  if (a.code !== b.code) return a.code === 'PARTIAL_WORKERS' ? -1 : 1;
  const gravity = SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  return gravity || (a.period < b.period ? -1 : 1);
}

function reasonOf(shown: Shown, law: Law): Reason {
  const { code, severity, period, workers, evidence } = shown;
  return {
    code,
    severity,
    since: evidence.observedOn,
    periods: [period],
    ...(shown.code === 'PARTIAL_WAGES' && shown.amount !== undefined && { amount: shown.amount }),
    ...(workers !== undefined && { workers }),
    until: countsThrough(evidence, law),
    article: law.reasons[code].article,
    evidence: evidence.kind,
    reference: evidence.id,
  };
}
