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
  type Regularisation,
  regularisationState,
  type Suspension,
  startOf,
} from '#src/domain/suspensions.ts';
import { type PlanStanding, planStanding } from './plan-standing.ts';
import type { Reason, Refuted } from './reasons.ts';

/** Breaches after plans, disputes and invitations have been looked at. */
export type Suspended = {
  /** What says that, and how, breaches are suspended. */
  notes: Reason[];
  /** Whether an invitation's deadline runs. */
  regularising: boolean;
  /** Whether every breach is covered by a plan that is kept or by a dispute that suspends. */
  covered: boolean;
};

/** A suspension that is about breaches, and what it does to them. */
type Effect = { suspension: Plan | Dispute; covers: boolean; note: Reason | undefined };

/**
 * What takes the consequences of breaches away on the ledger's day: domain model, section Verdict. `found` are the
 * breaches, and as infos those that were refuted.
 */
export function suspend(found: readonly Reason[], facts: Facts, ledger: Ledger, law: Law): Suspended {
  const { asOf } = ledger;
  const begun = facts.suspensions.filter((suspension) => startOf(suspension) <= asOf);
  if (begun.length === 0 || found.length === 0) return { notes: [], regularising: false, covered: false };
  const breaches = found.filter(({ severity }) => severity === 'breach');
  const effects = begun.flatMap((suspension) => effectOf(suspension, ledger, law));
  const covering = effects.filter(({ covers }) => covers);
  const notes = effects
    .filter(({ suspension }) => found.some((reason) => touches(suspension, law, reason)))
    .flatMap(({ note }) => note ?? []);
  const invitations = begun.filter((suspension) => suspension.kind === 'regularisation');
  const open = invitations.filter((invitation) => regularisationState(invitation, asOf) === 'open');
  if (breaches.length > 0) notes.push(...open.map((invitation) => invitationNote(invitation, law)));
  return {
    notes,
    regularising: open.length > 0,
    covered: breaches.every((breach) => isCoveredBy(covering, law, breach)),
  };
}

/** The breaches, month by month, about which a dispute was decided for the employer by `asOf`. */
export function refutations(facts: Facts, law: Law, asOf: Day): Refuted {
  const upheld = facts.suspensions.filter(
    (suspension) => suspension.kind === 'dispute' && disputeState(suspension, asOf) === 'upheld',
  ) as Dispute[];
  return (code, period, recordedAt = '') =>
    upheld.some(
      (dispute) =>
        recordedAt <= dispute.ending!.recordedAt &&
        concerns(dispute, law, { code, periods: [period] }).periods.length > 0,
    );
}

function effectOf(suspension: Suspension, ledger: Ledger, law: Law): Effect[] {
  if (suspension.kind === 'regularisation') return [];
  if (suspension.kind === 'plan') {
    const standing = planStanding(suspension, ledger);
    const note = planNote(suspension, standing, law);
    return [{ suspension, covers: standing.state === 'kept', note }];
  }
  const state = disputeState(suspension, ledger.asOf);
  const covers = state === 'open' && suspension.suspensive;
  return [{ suspension, covers, note: disputeNote(suspension, state, law) }];
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
    periods: [...plan.periods],
    ...(next >= 0 && { amount: promised - instalments[next]!.paid, until: instalments[next]!.dueOn }),
    state,
    article: law.reasons.PLAN.article,
    reference: plan.id,
  };
}

function invitationNote({ id, invitedOn, deadline }: Regularisation, law: Law): Reason {
  return {
    code: 'REGULARISATION_OPEN',
    severity: 'info',
    since: invitedOn,
    until: deadline,
    article: law.reasons.REGULARISATION_OPEN.article,
    reference: id,
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
