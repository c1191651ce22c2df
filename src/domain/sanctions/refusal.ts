import type { Service } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import type { SanctionStepKind } from '#src/domain/sanctions.ts';
import { standingAt } from './mending.ts';
import { hasLapsed, type NextStep, type Procedure } from './procedure.ts';
import { denies } from './requests.ts';

/** A step as somebody wants to take it; what names no request fits every one. */
export type WantedStep = {
  step: SanctionStepKind;
  on: Day;
  /** Of a new request: what it asks for. Else all services of the request that it is about. */
  services?: readonly Service[] | undefined;
  /** The unit that the request is about which this is about. */
  unit?: string | undefined;
  requestId?: string | undefined;
};

export type StepRefusal =
  | { code: 'sanction_step_too_early'; notBefore: Day }
  | { code: 'sanction_step_too_late'; notAfter: Day }
  | { code: 'sanction_paused' }
  | { code: 'sanction_mended'; mendedOn: Day }
  | { code: 'sanction_not_mended' }
  | { code: 'sanction_services_denied'; services: readonly Service[] }
  | { code: 'sanction_service_busy'; services: readonly Service[] }
  | { code: 'sanction_request_unclear'; requestIds: readonly string[] }
  | { code: 'sanction_step_not_open' };

/** Steps that are taken because a breach is not mended. */
const PUNISHING: readonly SanctionStepKind[] = [
  'first_warning',
  'second_warning',
  'administrative_fine',
  'tmp2t_request',
  'tmp2t_decision',
  'referred_to_prosecutor',
];

/** The opening that a step takes in a procedure as it stands on the day of recording, or why there is none for it. */
export function openingFor(procedure: Procedure, wanted: WantedStep): NextStep | { refused: StepRefusal } {
  const fitting = procedure.openings.filter((opening) => fits(opening, wanted));
  const [opening, another] = fitting;
  if (!opening) return { refused: absence(procedure, wanted) };
  if (another) {
    const requestIds = fitting.map(({ requestId }) => requestId!);
    return { refused: { code: 'sanction_request_unclear', requestIds } };
  }
  const refused = dayRefusal(procedure, opening, wanted.on) ?? busyRefusal(opening, wanted);
  return refused ? { refused } : opening;
}

function fits(opening: NextStep, { step, services, unit, requestId }: WantedStep): boolean {
  if (opening.step !== step) return false;
  if (step === 'tmp2t_request') return true;
  if (requestId !== undefined && opening.requestId !== requestId) return false;
  if (unit !== undefined && opening.unit !== undefined && opening.unit !== unit) return false;
  return services === undefined || sameServices(services, opening.services ?? []);
}

/** Whether two lists name the same services; none is named twice. */
export function sameServices(a: readonly Service[], b: readonly Service[]): boolean {
  return a.length === b.length && a.every((service) => b.includes(service));
}

function dayRefusal({ turns }: Procedure, opening: NextStep, on: Day): StepRefusal | undefined {
  const { step, notBefore, notAfter } = opening;
  if (on < notBefore) return { code: 'sanction_step_too_early', notBefore };
  if (hasLapsed(opening, on)) return { code: 'sanction_step_too_late', notAfter: notAfter! };
  const pauses = PUNISHING.includes(step) && step !== 'tmp2t_decision';
  return pauses && standingAt(turns, on) === 'suspended' ? { code: 'sanction_paused' } : undefined;
}

function busyRefusal(opening: NextStep, { step, services = [] }: WantedStep): StepRefusal | undefined {
  if (step !== 'tmp2t_request') return undefined;
  const busy = services.filter((service) => !opening.services?.includes(service));
  return busy.length > 0 ? { code: 'sanction_service_busy', services: busy } : undefined;
}

/** Why a step is not among the openings. */
function absence({ state, mendedOn, requests, turns, openings }: Procedure, wanted: WantedStep): StepRefusal {
  const { step, on } = wanted;
  const known = openings.some((opening) => opening.step === step);
  if (state === 'closed' || known) return { code: 'sanction_step_not_open' };
  if (mendedOn !== undefined && PUNISHING.includes(step)) return { code: 'sanction_mended', mendedOn };
  const denied = requests.filter(denies);
  if (step === 'closed' && denied.length > 0) {
    return { code: 'sanction_services_denied', services: denied.flatMap(({ services }) => services) };
  }
  const liftable = requests.some((request) => request.state === 'accepted');
  if (step === 'tmp2t_lift_request' && liftable && mendedOn === undefined) {
    return { code: 'sanction_not_mended' };
  }
  if (PUNISHING.includes(step) && standingAt(turns, on) === 'suspended') return { code: 'sanction_paused' };
  return { code: 'sanction_step_not_open' };
}
