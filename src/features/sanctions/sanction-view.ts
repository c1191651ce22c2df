import type { ClientBase, Pool } from 'pg';
import type { Deps } from '#src/deps.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { type NextStep, procedureOn } from '#src/domain/sanctions/procedure.ts';
import type { ServiceRequest } from '#src/domain/sanctions/requests.ts';
import type { Sanction, SanctionStep } from '#src/domain/sanctions.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { wholeFacts } from '#src/facts/index.ts';
import type { Actor } from '#src/http/actor.ts';
import type { SanctionView } from './sanction.ts';
import type { StoredSanction } from './stored-sanction.ts';

/** Who asks, for which day, by which law. */
export type Asked = { actor: Actor; today: Day; law: Law };

/** Provisions that every procedure rests on. */
const PROCEDURE = ['UU 24/2011 art. 17', 'PP 86/2013', 'Permenaker 4/2018'];

/** Procedures as they go out to the caller today, in their order; `client` must be able to write. */
export async function viewSanctions(
  deps: Deps,
  client: ClientBase | Pool,
  stored: readonly StoredSanction[],
  asked: Asked,
): Promise<SanctionView[]> {
  const employerIds = [...new Set(stored.map(({ employerId }) => employerId))];
  const facts = await wholeFacts({ law: asked.law, keyRing: deps.keyRing }, client, employerIds);
  return stored.map((each) => sanctionView(each, facts.get(each.employerId)!, asked));
}

function sanctionView(stored: StoredSanction, facts: Facts, { actor, today, law }: Asked): SanctionView {
  const { sight, employer, employerId, note, openedBy } = stored;
  const sanction = sanctionIn(facts, stored.sanctionId);
  const procedure = procedureOn(sanction, facts, law, today);
  const concerns = (requestId: string | undefined, unit: string | undefined) =>
    sight !== 'unit' || (requestId !== undefined && unit === actor.agency);
  const unitOf = new Map(sanction.steps.map(({ id, decidedBy }) => [id, decidedBy]));
  const shown = sanction.steps.filter(
    ({ id, step, requestId = id }) =>
      (sight === 'unit' && isWarning(step)) || concerns(requestId, unitOf.get(requestId)),
  );
  const fine = sanction.steps.find(({ step }) => step === 'administrative_fine');
  return {
    id: sanction.id,
    employerId,
    employer,
    agency: sanction.agency,
    codes: [...sanction.codes],
    articles: [...new Set([...sanction.codes.map((code) => law.reasons[code].article), ...PROCEDURE])],
    openedOn: sanction.openedOn,
    ...(sight !== 'unit' && { openedBy }),
    ...(sight === 'whole' && note !== undefined && { note }),
    state: procedure.state,
    ...(procedure.mendedOn !== undefined && { mendedOn: procedure.mendedOn }),
    arrears: judge(facts, law, today).arrears,
    steps: shown.map((step) => stepView(step, stored)),
    nextSteps: procedure.nextSteps
      .filter(({ requestId }) => concerns(requestId, requestId && unitOf.get(requestId)))
      .map(nextStepView),
    ...(sight !== 'unit' && fine && { fine: fineView(fine) }),
    requests: procedure.requests.filter(({ id }) => concerns(id, unitOf.get(id))).map(requestView),
    recordedAt: sanction.recordedAt,
  };
}

/** A procedure among the facts of its employer. */
export function sanctionIn(facts: Facts, sanctionId: string): Sanction {
  const sanction = facts.sanctions.find(({ id }) => id === sanctionId);
  if (!sanction) throw new Error(`sanction ${sanctionId} is not among the facts of its employer`);
  return sanction;
}

function isWarning(step: SanctionStep['step']): boolean {
  return step === 'first_warning' || step === 'second_warning';
}

function stepView(step: SanctionStep, { stepsBy, sight }: StoredSanction): SanctionView['steps'][number] {
  const { id, on, agency, recordedAt, services, decidedBy, accepted, requestId, amount } = step;
  const { by, note } = stepsBy[id]!;
  const noted = sight === 'whole' || (sight === 'unit' && !isWarning(step.step));
  return {
    id,
    step: step.step,
    on,
    ...(sight !== 'unit' && { by }),
    agency,
    recordedAt,
    ...(services && { services: [...services] }),
    ...(decidedBy !== undefined && { decidedBy }),
    ...(accepted !== undefined && { accepted }),
    ...(requestId !== undefined && { requestId }),
    ...(amount !== undefined && { fine: fineView(step) }),
    ...(noted && note !== null && { note }),
  };
}

function fineView({ amount = 0, fineMonths = [] }: SanctionStep) {
  return { total: amount, months: [...fineMonths] };
}

function nextStepView({ services, ...step }: NextStep): SanctionView['nextSteps'][number] {
  return { ...step, ...(services && { services: [...services] }) };
}

function requestView({ services, ...request }: ServiceRequest): SanctionView['requests'][number] {
  return { ...request, services: [...services] };
}
