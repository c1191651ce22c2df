import { SERVICES, type Service } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';
import { workingDaysAfter } from '#src/domain/rules/reporting-duty.ts';
import type { RequestState, Sanction, SanctionStep } from '#src/domain/sanctions.ts';

/** A request to deny public services (TMP2T, UU 24/2011 art. 17(4)), with what came of it by a day. */
export type ServiceRequest = {
  id: string;
  services: readonly Service[];
  /** Who is asked, or who decided: an agency's code or a name; absent where nobody was named. */
  unit?: string;
  state: RequestState;
  requestedOn: Day;
  /** Last day of the term for deciding, or once that was asked for, for lifting. */
  dueOn: Day;
  decidedOn?: Day;
  liftRequestedOn?: Day;
  liftedOn?: Day;
};

/** The requests of a procedure as they stand on a day, in order of recording. */
export function requestsOf(sanction: Sanction, law: Law, asOf: Day): ServiceRequest[] {
  const steps = sanction.steps.filter(({ on }) => on <= asOf);
  return steps
    .filter(({ step }) => step === 'tmp2t_request')
    .map((request) => {
      const { decision, liftRequest, lift } = answersTo(request, steps);
      const since = liftRequest?.on ?? request.on;
      const term = law.quantity(liftRequest ? 'tmp2t-lift-term' : 'tmp2t-decision-term', since);
      const dueOn = workingDaysAfter(since, term.value, law.calendar);
      const unit = decision?.decidedBy ?? request.decidedBy;
      return {
        id: request.id,
        services: request.services ?? [],
        ...(unit !== undefined && { unit }),
        state: stateOf({ decision, liftRequest, lift }, dueOn < asOf),
        requestedOn: request.on,
        dueOn,
        ...(decision && { decidedOn: decision.on }),
        ...(liftRequest && { liftRequestedOn: liftRequest.on }),
        ...(lift && { liftedOn: lift.on }),
      };
    });
}

type Answers = Partial<Record<'decision' | 'liftRequest' | 'lift', SanctionStep | undefined>>;

function answersTo(request: SanctionStep, steps: readonly SanctionStep[]): Answers {
  const about = steps.filter(({ requestId }) => requestId === request.id);
  return {
    decision: about.find(({ step }) => step === 'tmp2t_decision'),
    liftRequest: about.find(({ step }) => step === 'tmp2t_lift_request'),
    lift: about.find(({ step }) => step === 'tmp2t_lifted'),
  };
}

function stateOf({ decision, liftRequest, lift }: Answers, overdue: boolean): RequestState {
  if (lift) return 'lifted';
  if (liftRequest) return 'lift_requested';
  if (decision) return decision.accepted ? 'accepted' : 'declined';
  return overdue ? 'unanswered' : 'open';
}

/** Whether the services of a request are denied. */
export function denies({ state }: Pick<ServiceRequest, 'state'>): boolean {
  return state === 'accepted' || state === 'lift_requested';
}

/** Services that a procedure can still ask to deny: neither asked for nor denied. */
export function freeServices(requests: readonly ServiceRequest[]): Service[] {
  const busy = requests.filter(({ state }) => state !== 'declined' && state !== 'lifted');
  return SERVICES.filter((service) => busy.every(({ services }) => !services.includes(service)));
}

/** Services that a unit denies an employer, from the day of its decision until the day on which it lifts that. */
export type Denial = { sanctionId: string; unit: string; since: Day; services: readonly Service[] };

/** What is denied on a day under any of these procedures. */
export function denialsOn(sanctions: readonly Sanction[], asOf: Day): Denial[] {
  return sanctions.flatMap((sanction) => {
    const steps = sanction.steps.filter(({ on }) => on <= asOf);
    return steps.flatMap((request): Denial[] => {
      if (request.step !== 'tmp2t_request') return [];
      const { decision, lift } = answersTo(request, steps);
      if (!decision?.accepted || lift) return [];
      const unit = decision.decidedBy ?? request.decidedBy ?? decision.agency;
      return [{ sanctionId: sanction.id, unit, since: decision.on, services: request.services ?? [] }];
    });
  });
}
