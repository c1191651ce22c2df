import type { Purpose } from '#src/domain/check-policy.ts';
import { addDays, addMonths, addPeriods, type Day, latest, periodOf } from '#src/domain/civil.ts';
import { countsThrough, evidenceChangeDays } from '#src/domain/evidence.ts';
import { type Facts, factsHeldBy, type Payment } from '#src/domain/facts.ts';
import { flagChangeDays } from '#src/domain/flags.ts';
import { ageingDays, priorityOf } from '#src/domain/inspections/priority.ts';
import { decidedRelief } from '#src/domain/ledger/labour-intensive.ts';
import {
  firstTracked,
  type Ledger,
  type LedgerMonth,
  ledgerOf,
  openCharge,
} from '#src/domain/ledger/ledger.ts';
import type { Law } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { withJudged } from '#src/domain/sanctions/mending.ts';
import type { Status } from '#src/domain/status.ts';
import { isOver, type Plan, type Suspension, suspensionChangeDays } from '#src/domain/suspensions.ts';
import { evidenceStatusDays } from './evidence-days.ts';
import { withoutPastShortfalls } from './minimum-wage-reasons.ts';
import { type Reason, SEVERITIES } from './reasons.ts';
import { type Arrears, type Judgement, judge } from './verdict.ts';

/** A judgement with the day up to which its status can be relied on. */
export type Standing = Judgement & {
  /** First day on which time alone changes the status; null where time alone never does. */
  validUntil: Day | null;
};

/** How far ahead time can change a status by itself: the month after next is the last that can fall due unseen. */
const HORIZON_MONTHS = 3;

/** The judgement of `asOf`, and the first later day on which it differs if no further fact comes. */
export function standingOf(facts: Facts, law: Law, asOf: Day, purpose?: Purpose): Standing {
  const judgement = judge(facts, law, asOf, { purpose });
  const held = factsHeldBy(facts, asOf);
  return { ...judgement, validUntil: nextStatusDay(held, law, asOf, judgement.status, purpose) };
}

function nextStatusDay(
  held: Facts,
  law: Law,
  asOf: Day,
  status: Status,
  purpose: Purpose | undefined,
): Day | null {
  const days = daysAhead(held, law, asOf, status);
  return days.find((day) => judge(held, law, day, { purpose }).status !== status) ?? null;
}

/** Time registers nobody, and mends no breach but by a tolerance that rises or evidence that counts no more. */
function daysAhead(held: Facts, law: Law, asOf: Day, status: Status): readonly Day[] {
  if (status === 'not_registered') return [];
  if (status !== 'non_compliant') return statusChangeDays(held, law, asOf);
  const days = [...law.toleranceChanges, ...evidenceStatusDays(held, law, asOf)];
  return days.filter((day) => day > asOf).sort();
}

/** A stretch of days on which nothing that lists show of an employer changes, if no further fact comes. */
export type Stretch = {
  from: Day;
  /** First day after the stretch. */
  until: Day;
  status: Status;
  codes: readonly string[];
  arrears: Arrears;
  since: Day | undefined;
  flagged: boolean;
  /** How grave the gravest reason is: see {@link gravityOf}. */
  gravity: number;
  /** How soon an inspector should go; 0: there is nothing to look at. */
  priority: number;
};

/**
 * What lists will show of an employer on each day of [from, until): stored, it answers on any of these days without
 * a job at midnight.
 */
export function stretchesOf(facts: Facts, law: Law, from: Day, until: Day): Stretch[] {
  const ledger = ledgerOf(facts, law, addDays(until, -1));
  const seen = facts.evidence.flatMap((evidence) => evidenceChangeDays(evidence, law, from));
  const days = new Set([from, ...statusChangeDays(facts, law, from), ...seen, ...chargeDays(ledger, from)]);
  const starts = [...days].filter((day) => day < until).sort();
  const stretches: Stretch[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? until;
    const judgement = judge(facts, law, start);
    const { status, reasons, restrictions, arrears } = judgement;
    const ageing = ageingDays(judgement, start, end);
    for (const [at, day] of [start, ...ageing].entries()) {
      const stretch: Stretch = {
        from: day,
        until: ageing[at] ?? end,
        status,
        codes: [...new Set(reasons.map((reason) => reason.code))],
        arrears,
        since: sinceOf(reasons),
        flagged: restrictions.length > 0,
        gravity: gravityOf(reasons),
        priority: priorityOf(judgement, facts, law, day).points,
      };
      const previous = stretches.at(-1);
      if (previous && sameShown(previous, stretch)) previous.until = stretch.until;
      else stretches.push(stretch);
    }
  }
  return stretches;
}

/** The oldest day of the gravest reasons: since when a breach has held, if any does. */
function sinceOf(reasons: readonly Reason[]): Day | undefined {
  for (const gravity of SEVERITIES.toReversed()) {
    const days = reasons.filter(({ severity }) => severity === gravity).map(({ since }) => since);
    if (days.length > 0) return days.sort()[0];
  }
  return undefined;
}

/** Breaches before warnings before infos, and among each the codes as a verdict names them; 0 without any reason. */
export function gravityOf(reasons: readonly Pick<Reason, 'code' | 'severity'>[]): number {
  const step = REASON_CODES.length;
  return reasons.reduce((gravest, { code, severity }) => {
    return Math.max(gravest, (SEVERITIES.indexOf(severity) + 1) * step - REASON_CODES.indexOf(code));
  }, 0);
}

function sameShown(a: Stretch, b: Stretch): boolean {
  return JSON.stringify({ ...a, from: '', until: '' }) === JSON.stringify({ ...b, from: '', until: '' });
}

/** Days after `asOf`, in order, on which time alone can change a status or a restriction. */
function statusChangeDays(facts: Facts, law: Law, asOf: Day): Day[] {
  const days = facts.flags.flatMap((flag) => flagChangeDays(flag, asOf));
  for (const suspension of facts.suspensions) days.push(...suspensionChangeDays(suspension, asOf));
  days.push(...evidenceStatusDays(facts, law, asOf), ...law.toleranceChanges, ...law.inspectionWeightChanges);
  const { registeredOn, closedOn } = facts.employer;
  for (const day of [registeredOn, closedOn]) if (day !== undefined) days.push(day);
  const periods = [firstTracked(facts) ?? law.firstPeriod];
  for (let ahead = -2; ahead < HORIZON_MONTHS; ahead += 1) periods.push(addPeriods(periodOf(asOf), ahead));
  for (const period of periods) days.push(addDays(law.at(latest(period, law.firstPeriod)).dueOn, 1));
  return [...new Set(days.filter((day) => day > asOf))].sort();
}

/** Days after `from` on which the late charge of an open month rises. */
function chargeDays(ledger: Ledger, from: Day): Day[] {
  const days: Day[] = [];
  for (const month of ledger.months) {
    if (month.outstanding === 0) continue;
    for (let late = 0; late <= month.monthsLate; late += 1) {
      const day = addDays(addMonths(month.dueOn, late), 1);
      if (day > from && day <= ledger.asOf) days.push(day);
    }
  }
  return days;
}

/** The next day after `asOf` on which the late charge of these months rises, if nothing more is paid. */
export function nextChargeDay(months: readonly LedgerMonth[], asOf: Day): Day | undefined {
  const days = months
    .filter((month) => month.outstanding > 0)
    .map((month) => addDays(addMonths(month.dueOn, month.monthsLate), 1))
    .filter((day) => day > asOf);
  return days.sort()[0];
}

/**
 * The same facts without the months, and the money, that are settled for good, and without evidence that counts no
 * more: gives the same judgement for every day from `today` on, and is small enough to be read for a single check.
 * Months are settled from the oldest on, as long as each is declared, paid in full with its late charge, and paid by
 * payments that touch no later month or only leave it a rest.
 */
export function condense(all: Facts, law: Law, today: Day): Facts {
  const evidence = all.evidence.filter((each) => countsThrough(each, law) >= today);
  const sanctions = all.sanctions.map((each) => withJudged(each, all, law, today));
  const declared = withoutPastShortfalls(all.declarations, today);
  const facts = { ...all, declarations: declared, evidence, sanctions, minimumWages: [] };
  const ledger = ledgerOf(facts, law, today);
  const settled = withoutPlanned(settledMonths(facts, ledger), facts.suspensions, today);
  const last = settled.at(-1);
  const relief = last && decidedRelief(facts, law, last.period, today);
  if (!last || !relief) return facts;
  const spent = new Map<string, number>();
  for (const month of settled) {
    for (const part of [...month.parts, ...month.penaltyParts]) {
      spent.set(part.paymentId, (spent.get(part.paymentId) ?? 0) + part.amount);
    }
  }
  const payments = facts.payments.flatMap((payment): Payment[] => {
    const amount = payment.amount - (spent.get(payment.id) ?? 0);
    return amount > 0 ? [{ ...payment, amount }] : [];
  });
  // The last settled roster stays: it speaks for undeclared months after it, and for the programmes.
  const declarations = facts.declarations.filter((each) => each.period >= last.period);
  const suspensions = facts.suspensions.filter((each) => !isOver(each, today, last.period));
  return { ...facts, ...relief, settledThrough: last.period, declarations, payments, suspensions };
}

/** Months of a plan that still matters stay: whether it is kept is told by what was paid for all of them. */
function withoutPlanned(
  settled: LedgerMonth[],
  suspensions: readonly Suspension[],
  today: Day,
): LedgerMonth[] {
  const last = settled.at(-1)?.period;
  if (last === undefined) return settled;
  const needed = suspensions
    .filter((each) => each.kind === 'plan' && !isOver(each, today, last))
    .flatMap((each) => (each as Plan).periods);
  const kept = settled.filter(({ period }) => needed.every((each) => period < each));
  // Months that stay may be those of another plan.
  return kept.length === settled.length ? kept : withoutPlanned(kept, suspensions, today);
}

function settledMonths(facts: Facts, ledger: Ledger): LedgerMonth[] {
  const statedFor = new Map(facts.payments.map((payment) => [payment.id, payment.period]));
  const settled: LedgerMonth[] = [];
  let next = ledger.months[0]?.period;
  for (const month of ledger.months) {
    const contiguous = month.period === next;
    const paid = month.outstanding === 0 && openCharge(month) === 0 && !month.presumed;
    // Money meant for a later month goes there as soon as that month is assessed, and leaves this one.
    const lent = month.parts.some(
      ({ paymentId }) => latest(statedFor.get(paymentId) ?? '', month.period) !== month.period,
    );
    if (!contiguous || !paid || lent) break;
    settled.push(month);
    next = addPeriods(month.period, 1);
  }
  return settled;
}
