import { type Day, type Period, periodOf } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Ledger } from '#src/domain/ledger/ledger.ts';
import { add } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import {
  COVERABLE,
  type Dispute,
  disputeState,
  type Plan,
  regularisationState,
  type Suspension,
  startOf,
} from '#src/domain/suspensions.ts';
import { type PlanStanding, planStanding } from './plan-standing.ts';
import type { Reason } from './reasons.ts';

/** Breaches after plans, disputes and invitations have been looked at. */
export type Suspended = {
  /** The breaches; one that was refuted in all its months is an info now. */
  breaches: Reason[];
  /** What says that, and how, breaches are suspended. */
  notes: Reason[];
  /** Whether an invitation's deadline runs. */
  regularising: boolean;
  /** Whether every breach is covered by a plan that is kept or by a dispute that suspends. */
  covered: boolean;
};

/** A suspension that is about breaches, and what it does to them. */
type Effect = { suspension: Plan | Dispute; covers: boolean; refutes: boolean; note: Reason | undefined };

/** What takes the consequences of these breaches away on the ledger's day: domain model, section Verdict. */
export function suspend(breaches: Reason[], facts: Facts, ledger: Ledger, law: Law): Suspended {
  const { asOf } = ledger;
  const begun = facts.suspensions.filter((suspension) => startOf(suspension) <= asOf);
  if (begun.length === 0 || breaches.length === 0)
    return { breaches, notes: [], regularising: false, covered: false };
  const effects = begun.flatMap((suspension) => effectOf(suspension, ledger, law));
  const refuting = effects.filter(({ refutes }) => refutes);
  const covering = effects.filter(({ covers }) => covers);
  const notes = effects
    .filter(({ suspension }) => breaches.some((breach) => touches(suspension, law, breach)))
    .flatMap(({ note }) => note ?? []);
  const invitations = begun.filter((suspension) => suspension.kind === 'regularisation');
  const open = invitations.filter((invitation) => regularisationState(invitation, asOf) === 'open');
  for (const { id, invitedOn, deadline } of open) {
    const article = law.reasons.REGULARISATION_OPEN.article;
    notes.push({
      code: 'REGULARISATION_OPEN',
      severity: 'info',
      since: invitedOn,
      until: deadline,
      article,
      reference: id,
    });
  }
  return {
    breaches: breaches.map((breach) =>
      isCoveredBy(refuting, law, breach) ? { ...breach, severity: 'info' } : breach,
    ),
    notes,
    regularising: open.length > 0,
    covered: breaches.every((breach) => isCoveredBy(covering, law, breach)),
  };
}

function effectOf(suspension: Suspension, ledger: Ledger, law: Law): Effect[] {
  if (suspension.kind === 'regularisation') return [];
  if (suspension.kind === 'plan') {
    const standing = planStanding(suspension, ledger);
    const note = planNote(suspension, standing, law);
    return [{ suspension, covers: standing.state === 'kept', refutes: false, note }];
  }
  const state = disputeState(suspension, ledger.asOf);
  const upheld = state === 'upheld';
  const covers = upheld || (state === 'open' && suspension.suspensive);
  return [{ suspension, covers, refutes: upheld, note: disputeNote(suspension, state, law) }];
}

function isCoveredBy(effects: readonly Effect[], law: Law, breach: Reason): boolean {
  const covered = new Set<Period>();
  for (const { suspension } of effects) {
    const { whole, periods } = concerns(suspension, law, breach);
    if (whole) return true;
    for (const period of periods) covered.add(period);
  }
  return breach.periods !== undefined && breach.periods.every((period) => covered.has(period));
}

function touches(suspension: Plan | Dispute, law: Law, breach: Reason): boolean {
  const { whole, periods } = concerns(suspension, law, breach);
  return whole || periods.length > 0;
}

function planNote(plan: Plan, { state, instalments, brokenOn }: PlanStanding, law: Law): Reason | undefined {
  if (state === 'withdrawn') return undefined;
  const next = state === 'kept' ? instalments.findIndex((each) => each.state === 'awaited') : -1;
  const promised = instalments.slice(0, next + 1).reduce((sum, { amount }) => add(sum, amount), 0);
  return {
    code: 'PLAN',
    severity: 'info',
    since: brokenOn ?? plan.agreedOn,
    ...(next >= 0 && { until: instalments[next]!.dueOn, amount: promised - instalments[next]!.paid }),
    periods: [...plan.periods],
    state,
    article: law.reasons.PLAN.article,
    reference: plan.id,
  };
}

function disputeNote(dispute: Dispute, state: ReturnType<typeof disputeState>, law: Law): Reason | undefined {
  if (state !== 'open' && state !== 'upheld') return undefined;
  const since: Day = state === 'upheld' ? dispute.ending!.on : dispute.openedOn;
  return {
    code: 'DISPUTE',
    severity: 'info',
    since,
    ...(dispute.periods && { periods: [...dispute.periods] }),
    state: state === 'open' && dispute.suspensive ? 'suspensive' : state,
    article: law.reasons.DISPUTE.article,
    reference: dispute.id,
  };
}

/** What a suspension is about: a breach by its code, month by month where the breach has months. */
function concerns(
  suspension: Plan | Dispute,
  law: Law,
  breach: { code: ReasonCode; periods?: readonly Period[] },
): { whole: boolean; periods: readonly Period[] } {
  const codes: readonly ReasonCode[] = suspension.codes ?? COVERABLE;
  if (!codes.includes(breach.code)) return { whole: false, periods: [] };
  if (!breach.periods) return { whole: true, periods: [] };
  return {
    whole: false,
    periods: breach.periods.filter((period) => isAbout(suspension, law, breach.code, period)),
  };
}

function isAbout(suspension: Plan | Dispute, law: Law, code: ReasonCode, period: Period): boolean {
  if (suspension.periods) return suspension.periods.includes(period);
  if (suspension.kind === 'plan') return false;
  if (code === 'ARREARS' || code === 'NOT_DECLARED') return law.at(period).dueOn < suspension.openedOn;
  // Who was right about a roster was right about those that there were.
  return suspension.ending?.upheld !== true || period <= periodOf(suspension.ending.on);
}
