import { appliesIn, type MinimumWage, type WageShortfall } from '#src/domain/rules/minimum-wage.ts';
import type { Coverage } from '#src/domain/rules/obligations.ts';
import type { Assessment } from '#src/domain/rules/roster.ts';
import { type Day, dayOf, type Instant, type Period, periodOf } from './civil.ts';
import type { ClassOrigin, EmployerAttributes } from './employer.ts';
import { type Evidence, heldAgainst, type RecordedEvidence } from './evidence.ts';
import type { Flag } from './flags.ts';
import type { Inspection } from './inspections/inspection.ts';
import type { Rupiah } from './money.ts';
import type { JkkClass } from './parameters.ts';
import type { Sanction } from './sanctions.ts';
import { type Suspension, startOf } from './suspensions.ts';

/** A roster as declared for one month, with what was computed from it. */
export type Declaration = {
  id: string;
  period: Period;
  recordedAt: Instant;
  headcount: number;
  /** Amounts for the declared month first, then for each later month from which the same roster costs otherwise. */
  assessments: readonly Assessment[];
  coverage: readonly Coverage[];
  /** Absent where nobody is declared with less than the minimum wage that binds, and where nobody asks. */
  shortfall?: WageShortfall;
};

export type Payment = {
  id: string;
  amount: Rupiah;
  paidOn: Day;
  recordedAt: Instant;
  period?: Period;
  /** Pays late charges, not contributions. */
  penalty: boolean;
};

export type Reversal = { paymentId: string; recordedAt: Instant };

export type RegistryChange = { recordedAt: Instant; attributes: EmployerAttributes };

/** Everything that was ever recorded about one employer. */
export type History = {
  employerId: string;
  changes: readonly RegistryChange[];
  declarations: readonly Declaration[];
  payments: readonly Payment[];
  reversals: readonly Reversal[];
  flags: readonly Flag[];
  suspensions: readonly Suspension[];
  evidence: readonly RecordedEvidence[];
  sanctions: readonly Sanction[];
  inspections: readonly Inspection[];
  /** As stated for the regions that the employer was ever in, and for their provinces. */
  minimumWages: readonly MinimumWage[];
};

/** The class on file from a month on. */
export type ClassOnFile = { from: Period } & (
  | { jkkClass: JkkClass; origin: ClassOrigin }
  /** The class was taken off the file. */
  | { jkkClass?: never }
);

/**
 * The facts of one employer as known at one instant: nothing superseded, nothing reversed. `settledThrough` says
 * that the months up to it are declared and settled to the last rupiah and are left out, with the money that settled
 * them: what remains gives the same answer for every later day.
 */
export type Facts = {
  employerId: string;
  employer: EmployerAttributes;
  enteredOn: Day;
  classes: readonly ClassOnFile[];
  /** First declared month ever. */
  trackedFrom?: Period;
  settledThrough?: Period;
  /** The last day on which money was paid that settled them. */
  settledOn?: Day;
  /** Which revision of the code left them out. */
  settledBy?: number;
  /** Later months that PP 7/2025 relieves, where the months that decide it are left out. */
  relieved?: readonly Period[];
  /** One per period, oldest period first. */
  declarations: readonly Declaration[];
  /** In order of `paidOn`, then of recording. */
  payments: readonly Payment[];
  flags: readonly Flag[];
  /** In order of recording. */
  suspensions: readonly Suspension[];
  evidence: readonly Evidence[];
  sanctions: readonly Sanction[];
  inspections: readonly Inspection[];
  /** As stated, for the region of the employer and for its province, in order of recording. */
  minimumWages: readonly MinimumWage[];
};

/** Picks from a history what was known at the instant; undefined if the employer was not yet recorded. */
export function factsKnownAt(history: History, knownAt: Instant): Facts | undefined {
  const known = <T extends { recordedAt: Instant }>(facts: readonly T[]) =>
    facts.filter((fact) => fact.recordedAt <= knownAt).sort(byRecording);
  const changes = known(history.changes);
  const first = changes[0];
  const current = changes.at(-1);
  if (!first || !current) return undefined;

  const declarations = effectiveAmong(known(history.declarations));

  const reversed = new Set(known(history.reversals).map((reversal) => reversal.paymentId));
  const payments = inOrderOfPaying(known(history.payments).filter((payment) => !reversed.has(payment.id)));

  const flags = known(history.flags).map((flag) => ({ ...flag, events: known(flag.events) }));

  const suspensions = known(history.suspensions).map(({ ending, ...suspension }) =>
    ending && ending.recordedAt <= knownAt ? { ...suspension, ending } : suspension,
  );
  const inspections = known(history.inspections).map(({ outcome, ...inspection }) =>
    outcome && outcome.recordedAt <= knownAt ? { ...inspection, outcome } : inspection,
  );

  return {
    employerId: history.employerId,
    employer: current.attributes,
    enteredOn: dayOf(new Date(first.recordedAt)),
    classes: classesOnFile(changes),
    ...(declarations[0] && { trackedFrom: declarations[0].period }),
    declarations,
    payments,
    flags,
    suspensions,
    evidence: known(history.evidence).map((each) => heldAgainst(each, declarations)),
    sanctions: known(history.sanctions).map((sanction) => ({ ...sanction, steps: known(sanction.steps) })),
    inspections,
    minimumWages: known(history.minimumWages).filter((wage) =>
      appliesIn(wage, current.attributes.regionCode),
    ),
  };
}

/** Of each month the declaration that was recorded last, oldest month first. */
export function effectiveAmong<D extends Pick<Declaration, 'id' | 'period' | 'recordedAt'>>(
  declarations: readonly D[],
): D[] {
  const effective = new Map<Period, D>();
  for (const declaration of [...declarations].sort(byRecording))
    effective.set(declaration.period, declaration);
  return [...effective.values()].sort((a, b) => compare(a.period, b.period));
}

/** Payments in the order in which their money is spent: of `paidOn`, then of recording. */
export function inOrderOfPaying(payments: readonly Payment[]): Payment[] {
  return [...payments].sort((a, b) => compare(a.paidOn, b.paidOn) || byRecording(a, b));
}

/** The facts that hold by a day: what is dated later, although known, is left out. */
export function factsHeldBy(facts: Facts, asOf: Day): Facts {
  const month = periodOf(asOf);
  return {
    ...facts,
    employer: employerOn(facts.employer, asOf),
    classes: those(facts.classes, ({ from }) => from <= month),
    declarations: those(facts.declarations, ({ period }) => period <= month),
    payments: those(facts.payments, ({ paidOn }) => paidOn <= asOf),
    flags: facts.flags.map((flag) => ({
      ...flag,
      events: flag.events.filter(({ recordedAt }) => dayOf(new Date(recordedAt)) <= asOf),
    })),
    suspensions: facts.suspensions
      .filter((suspension) => startOf(suspension) <= asOf)
      .map(({ ending, ...suspension }) =>
        ending && ending.on <= asOf ? { ...suspension, ending } : suspension,
      ),
    evidence: facts.evidence.filter(({ observedOn }) => observedOn <= asOf),
    sanctions: facts.sanctions
      .filter(({ openedOn }) => openedOn <= asOf)
      .map((sanction) => ({ ...sanction, steps: sanction.steps.filter(({ on }) => on <= asOf) })),
    inspections: facts.inspections
      .filter(({ recordedAt }) => dayOf(new Date(recordedAt)) <= asOf)
      .map(({ outcome, ...inspection }) =>
        outcome && outcome.on <= asOf ? { ...inspection, outcome } : inspection,
      ),
  };
}

/** What is picked from a list; the list itself where that is all of it, as it is of most. */
function those<T>(list: readonly T[], holds: (each: T) => boolean): readonly T[] {
  return list.every(holds) ? list : list.filter(holds);
}

function employerOn(attributes: EmployerAttributes, asOf: Day): EmployerAttributes {
  const { registeredOn, closedOn, ...employer } = attributes;
  const isRegistered = registeredOn !== undefined && registeredOn <= asOf;
  const isClosed = closedOn !== undefined && closedOn <= asOf;
  if (isRegistered === (registeredOn !== undefined) && isClosed === (closedOn !== undefined))
    return attributes;
  return { ...employer, ...(isRegistered && { registeredOn }), ...(isClosed && { closedOn }) };
}

/** Before every contribution month. */
const ALWAYS: Period = '';

/**
 * A class holds from the month of BPJS's decision on. Without a date the first one holds for all months, and a later
 * one from the month in which Patuh learned it.
 */
function classesOnFile(changes: readonly RegistryChange[]): ClassOnFile[] {
  let classes: ClassOnFile[] = [];
  let seen = '';
  for (const { recordedAt, attributes } of changes) {
    const { jkkClass, jkkClassOrigin: origin = 'declared', jkkClassDecidedOn: decidedOn } = attributes;
    const stated = jkkClass ? `${jkkClass} ${origin} ${decidedOn}` : '';
    if (stated === seen) continue;
    seen = stated;
    const undated = classes.length === 0 ? ALWAYS : periodOf(dayOf(new Date(recordedAt)));
    const from = jkkClass && decidedOn ? periodOf(decidedOn) : undated;
    const entry = jkkClass ? { from, jkkClass, origin } : { from };
    // What is recorded later says how it is from its month on, and takes back what was recorded of those months.
    classes = [...classes.filter((each) => each.from < from), entry];
  }
  return classes;
}

function byRecording(
  a: { recordedAt: Instant; id?: string },
  b: { recordedAt: Instant; id?: string },
): number {
  return compare(a.recordedAt, b.recordedAt) || compare(a.id ?? '', b.id ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
