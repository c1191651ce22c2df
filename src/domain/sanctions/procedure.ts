import type { Service } from '#src/domain/check-policy.ts';
import { addDays, type Day, latest } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { workingDaysAfter } from '#src/domain/rules/reporting-duty.ts';
import type { Sanction, SanctionState, SanctionStepKind, Turn } from '#src/domain/sanctions.ts';
import { lookAhead, standingAt, turnsOf } from './mending.ts';
import { denies, freeServices, requestsOf, type ServiceRequest } from './requests.ts';

/** A step that is possible, or will be by time alone. */
export type NextStep = {
  step: SanctionStepKind;
  /** First day that the step can be dated. */
  notBefore: Day;
  /** Last day of its term: of a fine the last on which it can be imposed, else the day by which it is to be done. */
  notAfter?: Day;
  /** Services that are concerned, or of a new request, those that it can name. */
  services?: readonly Service[];
  /** Who takes it, where that is not the agency of the procedure. */
  unit?: string;
  /** The request that it is about. */
  requestId?: string;
};

/** What a warning or a fine gives the employer, first and last day. */
type GivenTerm = { step: SanctionStepKind; from: Day; until: Day };

/** A procedure as it stands on a day. */
export type Procedure = {
  state: SanctionState;
  /** First day since its opening on which none of its codes was a breach. */
  mendedOn?: Day;
  requests: readonly ServiceRequest[];
  /** The term that the employer was given last: of a warning, or for paying the fine. */
  given?: GivenTerm;
  nextSteps: readonly NextStep[];
  /** The next steps, and a fine whose days are over: one that was imposed on one of them can still be recorded. */
  openings: readonly NextStep[];
  turns: readonly Turn[];
};

/**
 * The procedure on a day under UU 24/2011 art. 17, PP 86/2013 and Permenaker 4/2018, from the facts known by then.
 * Whatever is mended leaves nothing but the lift. While its breaches are suspended no step is possible that
 * punishes; terms run on.
 */
export function procedureOn(sanction: Sanction, facts: Facts, law: Law, asOf: Day): Procedure {
  const taken = { ...sanction, steps: sanction.steps.filter(({ on }) => on <= asOf) };
  const turns = turnsOf(taken, facts, law, lookAhead(facts, asOf));
  const mended = turns.find(({ standing, from }) => standing === 'mended' && from <= asOf);
  const requests = requestsOf(taken, law, asOf);
  const state = stateOf(taken, turns, asOf);
  const last = taken.steps.at(-1)?.on ?? taken.openedOn;
  const ladder = ladderOf(taken, requests, law);
  const goesOn = state === 'open' || state === 'paused';
  const openings: NextStep[] = goesOn ? punishing(ladder, turns, last) : [];
  if (state !== 'closed') {
    openings.push(...requests.flatMap((request) => followUp(request, law, last, mended)));
    if (!requests.some(denies)) openings.push({ step: 'closed', notBefore: last });
  }
  return {
    state,
    ...(mended && { mendedOn: mended.from }),
    requests,
    ...(goesOn && ladder.given && { given: ladder.given }),
    nextSteps: openings.filter((opening) => !hasLapsed(opening, asOf)),
    openings,
    turns,
  };
}

/** Whether a step can no longer be dated: only the days of a fine end; other terms are to be met, late if need be. */
export function hasLapsed({ step, notAfter }: NextStep, day: Day): boolean {
  return step === 'administrative_fine' && notAfter !== undefined && notAfter < day;
}

function stateOf({ steps }: Sanction, turns: readonly Turn[], asOf: Day): SanctionState {
  if (steps.some(({ step }) => step === 'closed')) return 'closed';
  const standing = standingAt(turns, asOf);
  if (standing === 'mended') return 'mended';
  return standing === 'suspended' ? 'paused' : 'open';
}

type Ladder = { steps: readonly NextStep[]; given?: GivenTerm };

/** The steps that punish, by their clocks alone, and the terms that they gave. */
function ladderOf({ steps, openedOn }: Sanction, requests: readonly ServiceRequest[], law: Law): Ladder {
  const dayOf = (kind: SanctionStepKind) => steps.find(({ step }) => step === kind)?.on;
  const [first, second, fine] = [
    dayOf('first_warning'),
    dayOf('second_warning'),
    dayOf('administrative_fine'),
  ];
  if (first === undefined) return { steps: [{ step: 'first_warning', notBefore: openedOn }] };
  const warned = (on: Day) => workingDaysAfter(on, law.sanctionTerms(on).warningTerm.value, law.calendar);
  if (second === undefined) {
    const until = warned(first);
    return {
      steps: [{ step: 'second_warning', notBefore: addDays(until, 1) }],
      given: { step: 'first_warning', from: first, until },
    };
  }
  const until = warned(second);
  const lastFine = addDays(until, law.sanctionTerms(second).fineTerm.value);
  const paid = fine && workingDaysAfter(fine, law.quantity('fine-payment-term', fine).value, law.calendar);
  const referred = dayOf('referred_to_prosecutor') !== undefined;
  const free = freeServices(requests);
  const open: NextStep[] = [];
  if (fine === undefined) {
    open.push({ step: 'administrative_fine', notBefore: addDays(until, 1), notAfter: lastFine });
  }
  if (free.length > 0) {
    open.push({ step: 'tmp2t_request', notBefore: addDays(paid ?? lastFine, 1), services: free });
  }
  if (!referred) open.push({ step: 'referred_to_prosecutor', notBefore: addDays(until, 1) });
  const given: GivenTerm =
    fine && paid
      ? { step: 'administrative_fine', from: fine, until: paid }
      : { step: 'second_warning', from: second, until };
  return { steps: open, given };
}

/** Those of them for which there is a day, from the last step on, on which the breaches hold with consequences. */
function punishing({ steps }: Ladder, turns: readonly Turn[], last: Day): NextStep[] {
  return steps.flatMap((step) => {
    const notBefore = firstBreached(turns, latest(step.notBefore, last));
    if (notBefore === undefined || hasLapsed(step, notBefore)) return [];
    return [{ ...step, notBefore }];
  });
}

function firstBreached(turns: readonly Turn[], from: Day): Day | undefined {
  const at = turns.findLastIndex((turn) => turn.from <= from);
  const breached = turns.slice(Math.max(at, 0)).find(({ standing }) => standing !== 'suspended');
  return breached?.standing === 'breached' ? latest(breached.from, from) : undefined;
}

/** What can follow a request: its decision, and once all is mended, that it is lifted. */
function followUp(request: ServiceRequest, law: Law, last: Day, mended: Turn | undefined): NextStep[] {
  const { id: requestId, services, unit, state, dueOn, decidedOn } = request;
  const about = { services, requestId };
  const by = unit !== undefined && { unit };
  if (state === 'lift_requested') {
    return [{ step: 'tmp2t_lifted', notBefore: last, notAfter: dueOn, ...about, ...by }];
  }
  if (state === 'accepted' && mended && decidedOn !== undefined) {
    // Nobody is late with what nobody could know.
    const known = latest(mended.knownOn ?? mended.from, decidedOn);
    const notAfter = workingDaysAfter(known, law.quantity('tmp2t-lift-term', known).value, law.calendar);
    return [{ step: 'tmp2t_lift_request', notBefore: latest(mended.from, last), notAfter, ...about }];
  }
  const awaited = (state === 'open' || state === 'unanswered') && !mended;
  return awaited ? [{ step: 'tmp2t_decision', notBefore: last, notAfter: dueOn, ...about, ...by }] : [];
}
