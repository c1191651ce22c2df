import { addPeriods, type Day, type Period, periodOf } from '#src/domain/civil.ts';
import type { Declaration, Facts } from '#src/domain/facts.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Contributions } from '#src/domain/rules/contributions.ts';
import { type Assessment, billOf, sharesOf } from '#src/domain/rules/roster.ts';
import { classFor } from './class-on-file.ts';

/** Money that was applied to a month, by the day on which it was paid. */
export type Part = { paymentId: string; on: Day; amount: Rupiah };

export type LedgerMonth = {
  period: Period;
  dueOn: Day;
  due: Rupiah;
  paid: Rupiah;
  outstanding: Rupiah;
  /** Day of the payment that settled the contribution; absent while anything is outstanding or nothing was due. */
  paidInFullOn?: Day;
  /** Months late until paid in full, or so far. */
  monthsLate: number;
  /** Late charge that has arisen, paid or not. */
  lateCharge: Rupiah;
  /** What penalty payments have covered of it. */
  lateChargePaid: Rupiah;
  /** No declaration: the amount is what the last roster before it gives. */
  presumed: boolean;
  /** Billed at the JKK of labour-intensive industry (PP 7/2025, PP 36/2025). */
  relieved: boolean;
  /** The due day rests on a year whose holiday decree is not entered. */
  calendarProvisional: boolean;
  declarationId: string;
  parts: readonly Part[];
  /** Penalty payments that cover the late charge. */
  penaltyParts: readonly Part[];
};

/** A month while payments are being applied to it. */
export type OpenMonth = LedgerMonth & { parts: Part[]; penaltyParts: Part[]; rate: Ppm };

/**
 * Months that are declared, or owed without a declaration, oldest first, with nothing paid yet. `isRelieved` says which
 * of them are billed at the JKK of labour-intensive industry, if the roster is large enough.
 */
export function trackedMonths(
  facts: Facts,
  law: Law,
  asOf: Day,
  isRelieved: (period: Period) => boolean = () => false,
): { months: OpenMonth[]; undeclared: Period[]; unassessed: Period[] } {
  const months: OpenMonth[] = [];
  const undeclared: Period[] = [];
  const unassessed: Period[] = [];
  const first = firstTracked(facts);
  if (first === undefined) return { months, undeclared, unassessed };

  const { registeredOn, closedOn } = facts.employer;
  const registered = registeredOn !== undefined && registeredOn <= asOf;
  const last = periodOf(asOf);
  const lastOwed = closedOn !== undefined && closedOn <= asOf ? periodOf(closedOn) : last;

  const declarations = facts.declarations;
  let next = 0;
  let roster: Declaration | undefined;
  while (next < declarations.length && declarations[next]!.period < first) roster = declarations[next++];
  for (let period = first; period <= last; period = addPeriods(period, 1)) {
    const declared = declarations[next]?.period === period ? declarations[next++] : undefined;
    if (declared) {
      roster = declared;
      months.push(openMonth(facts, law, period, { roster, presumed: false, isRelieved }));
    } else if (registered && period <= lastOwed && law.at(period).dueOn < asOf) {
      undeclared.push(period);
      if (!roster) continue;
      if (assessable(law, period, roster))
        months.push(openMonth(facts, law, period, { roster, presumed: true, isRelieved }));
      else unassessed.push(period);
    }
  }
  return { months, undeclared, unassessed };
}

/** The first month that a declaration is expected for; undefined where none ever is. */
export function firstTracked(facts: Facts): Period | undefined {
  if (facts.settledThrough !== undefined) return addPeriods(facts.settledThrough, 1);
  if (facts.trackedFrom !== undefined) return facts.trackedFrom;
  const { registeredOn } = facts.employer;
  if (registeredOn === undefined) return undefined;
  return periodOf(registeredOn > facts.enteredOn ? registeredOn : facts.enteredOn);
}

/** Beyond the last published JP ceiling nothing is presumed: no value of law is invented. */
function assessable(law: Law, period: Period, roster: Declaration): boolean {
  return law.at(period).jpCeiling !== undefined || roster.assessments[0]!.others.JP === undefined;
}

function openMonth(
  facts: Facts,
  law: Law,
  period: Period,
  {
    roster,
    presumed,
    isRelieved,
  }: { roster: Declaration; presumed: boolean; isRelieved: (period: Period) => boolean },
): OpenMonth {
  const parameters = law.at(period);
  const assessment = assessmentFor(roster, period);
  const relieved = assessment.relievedJkk !== undefined && isRelieved(period);
  const due = billOf(assessment, classFor(facts, law, period).jkkClass, relieved);
  return {
    period,
    dueOn: parameters.dueOn,
    due,
    paid: 0,
    outstanding: due,
    monthsLate: 0,
    lateCharge: 0,
    lateChargePaid: 0,
    presumed,
    relieved,
    calendarProvisional: parameters.calendarProvisional,
    declarationId: roster.id,
    parts: [],
    penaltyParts: [],
    rate: parameters.lateCharge.value,
  };
}

/** What a roster costs in its own month, or in a later one that it stands in for. */
function assessmentFor(roster: Declaration, period: Period): Assessment {
  return roster.assessments.findLast(({ from }) => from <= period) ?? roster.assessments[0]!;
}

/** What the contribution of a month consists of, by programme. */
export function sharesOfMonth(
  facts: Facts,
  law: Law,
  { period, declarationId, relieved }: LedgerMonth,
): Contributions {
  const roster = facts.declarations.find(({ id }) => id === declarationId)!;
  return sharesOf(assessmentFor(roster, period), classFor(facts, law, period).jkkClass, relieved);
}
