import type { Purpose } from '#src/domain/check-policy.ts';
import {
  addDays,
  addPeriods,
  type Day,
  firstDayBeyond,
  latest,
  monthsAfter,
  periodOf,
} from '#src/domain/civil.ts';
import { evidenceChangeDays } from '#src/domain/evidence.ts';
import { type Facts, factsHeldBy } from '#src/domain/facts.ts';
import { flagChangeDays } from '#src/domain/flags.ts';
import { ageingDays, priorityOf } from '#src/domain/inspections/priority.ts';
import { firstTracked, type Ledger, type LedgerMonth, ledgerOf } from '#src/domain/ledger/ledger.ts';
import type { Law } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import type { Status } from '#src/domain/status.ts';
import { suspensionChangeDays } from '#src/domain/suspensions.ts';
import { dueSince } from './due-since.ts';
import { evidenceStatusDays } from './evidence-days.ts';
import { type Reason, SEVERITIES } from './reasons.ts';
import { type Arrears, type Judgement, judge } from './verdict.ts';

export { condense } from './condense.ts';

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
 * a job at midnight. Of two days in a stretch {@link dueSince} is the same.
 */
export function stretchesOf(facts: Facts, law: Law, from: Day, until: Day): Stretch[] {
  const ledger = ledgerOf(facts, law, addDays(until, -1));
  const seen = facts.evidence.flatMap((evidence) => evidenceChangeDays(evidence, law, from));
  const days = [...timedDays(facts, law, from), ...seen, ...chargeDays(ledger, from)];
  const starts = [from, ...inOrder(days.filter((day) => day > from && day < until))];
  const stretches: Stretch[] = [];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? until;
    const judgement = judge(facts, law, start);
    const { status, reasons, restrictions, arrears } = judgement;
    const shown = {
      status,
      codes: [...new Set(reasons.map((reason) => reason.code))],
      arrears,
      since: sinceOf(reasons),
      flagged: restrictions.length > 0,
      gravity: gravityOf(reasons),
    };
    const ageing = ageingDays(judgement, start, end);
    for (const [at, day] of [start, ...ageing].entries()) {
      const priority = priorityOf(judgement, facts, law, day).points;
      const stretch: Stretch = { from: day, until: ageing[at] ?? end, ...shown, priority };
      const previous = stretches.at(-1);
      const together = previous && dueSince(law, previous.from) === dueSince(law, day);
      if (together && sameShown(previous, stretch)) previous.until = stretch.until;
      else stretches.push(stretch);
    }
  }
  return stretches;
}

/** The oldest day of the gravest reasons: since when a breach has held, if any does. */
function sinceOf(reasons: readonly Reason[]): Day | undefined {
  let oldest: Reason | undefined;
  for (const reason of reasons) {
    const graver = oldest && SEVERITIES.indexOf(reason.severity) - SEVERITIES.indexOf(oldest.severity);
    if (!oldest || graver! > 0 || (graver === 0 && reason.since < oldest.since)) oldest = reason;
  }
  return oldest?.since;
}

/** Breaches before warnings before infos, and among each the codes as a verdict names them; 0 without any reason. */
export function gravityOf(reasons: readonly Pick<Reason, 'code' | 'severity'>[]): number {
  const step = REASON_CODES.length;
  return reasons.reduce((gravest, { code, severity }) => {
    return Math.max(gravest, (SEVERITIES.indexOf(severity) + 1) * step - REASON_CODES.indexOf(code));
  }, 0);
}

function sameShown(a: Stretch, b: Stretch): boolean {
  return (
    a.status === b.status &&
    a.since === b.since &&
    a.flagged === b.flagged &&
    a.gravity === b.gravity &&
    a.priority === b.priority &&
    sameArrears(a.arrears, b.arrears) &&
    a.codes.length === b.codes.length &&
    a.codes.every((code, index) => code === b.codes[index])
  );
}

function sameArrears(a: Arrears, b: Arrears): boolean {
  return (
    a.months === b.months &&
    a.contributions === b.contributions &&
    a.lateCharge === b.lateCharge &&
    a.oldestPeriod === b.oldestPeriod
  );
}

/** Days after `asOf`, in order, on which time alone can change a status or a restriction. */
function statusChangeDays(facts: Facts, law: Law, asOf: Day): Day[] {
  return inOrder(timedDays(facts, law, asOf).filter((day) => day > asOf));
}

/** The same, in any order, and among others. */
function timedDays(facts: Facts, law: Law, asOf: Day): Day[] {
  const days = facts.flags.flatMap((flag) => flagChangeDays(flag, asOf));
  for (const suspension of facts.suspensions) days.push(...suspensionChangeDays(suspension, asOf));
  days.push(...evidenceStatusDays(facts, law, asOf), ...law.toleranceChanges, ...law.inspectionWeightChanges);
  const { registeredOn, closedOn } = facts.employer;
  for (const day of [registeredOn, closedOn]) if (day !== undefined) days.push(day);
  const periods = [firstTracked(facts) ?? law.firstPeriod];
  for (let ahead = -2; ahead < HORIZON_MONTHS; ahead += 1) periods.push(addPeriods(periodOf(asOf), ahead));
  for (const period of periods) days.push(addDays(law.at(latest(period, law.firstPeriod)).dueOn, 1));
  return days;
}

function inOrder(days: readonly Day[]): Day[] {
  return days.length === 0 ? [] : [...new Set(days)].sort();
}

/** Days after `from` on which the late charge of an open month rises. */
function chargeDays(ledger: Ledger, from: Day): Day[] {
  const days: Day[] = [];
  for (const { outstanding, dueOn, monthsLate } of ledger.months) {
    if (outstanding === 0) continue;
    for (let late = monthsAfter(dueOn, from); late <= monthsLate; late += 1) {
      const day = firstDayBeyond(dueOn, late);
      if (day <= ledger.asOf) days.push(day);
    }
  }
  return days;
}

/** The next day after `asOf` on which the late charge of these months rises, if nothing more is paid. */
export function nextChargeDay(months: readonly LedgerMonth[], asOf: Day): Day | undefined {
  const days = months
    .filter((month) => month.outstanding > 0)
    .map((month) => firstDayBeyond(month.dueOn, month.monthsLate))
    .filter((day) => day > asOf);
  return days.sort()[0];
}
