import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import { fineOf } from '#src/domain/sanctions/fine.ts';
import { type NextStep, procedureOn } from '#src/domain/sanctions/procedure.ts';
import { openingFor, sameServices } from '#src/domain/sanctions/refusal.ts';
import type { Sanction as SanctionFacts, SanctionStep } from '#src/domain/sanctions.ts';
import { lockEmployers, renewSummaries, wholeFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Sanction, SanctionParams, SanctionStepCreate } from './sanction.ts';
import { type Asked, sanctionIn, viewSanctions } from './sanction-view.ts';
import { stepProblem } from './step-problem.ts';
import { findSanction, type StoredSanction } from './stored-sanction.ts';
import { refuseContent, refuseOtherUnit, type Stated, unitMeant } from './wanted-step.ts';

export const takeSanctionStep: UseCase = (app, deps) => {
  app.post(
    '/v1/sanctions/:id/steps',
    {
      config: {
        access: { anyOf: ['sanctions:write'] },
        problems: [
          'not_found',
          'kind_not_allowed',
          'sanction_of_other_agency',
          'sanction_of_other_unit',
          'sanction_step_too_early',
          'sanction_step_too_late',
          'sanction_step_not_open',
          'sanction_paused',
          'sanction_mended',
          'sanction_not_mended',
          'sanction_services_denied',
          'sanction_service_busy',
          'sanction_request_unclear',
          'idempotency_key_reused',
          'idempotency_in_flight',
        ],
      },
      schema: {
        operationId: 'takeSanctionStep',
        tags: ['sanctions'],
        summary: 'Take a step of a procedure; none before the term of the one before it has run out',
        params: SanctionParams,
        body: SanctionStepCreate,
        response: { 200: Sanction, 201: Sanction },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { law } = await deps.rulesets.now();
      return once(deps, request, reply, (tx) =>
        takeStep(deps, tx, { actor, law }, request.params.id, request.body),
      );
    },
  );
};

/**
 * Takes the step, or throws why not, on the procedure as it stands under the employer's lock: of steps that exclude
 * each other one is taken. A step that is not possible because the caller has taken that very step already gives the
 * procedure as it stands.
 */
async function takeStep(
  deps: Deps,
  tx: Tx,
  { actor, law }: { actor: Actor; law: Law },
  sanctionId: string,
  stated: Stated,
): Promise<Answer> {
  const { employerId } = await findSanction(tx.client, actor, sanctionId);
  const recordedAt = await lockEmployers(deps, tx, [employerId]);
  const stored = await findSanction(tx.client, actor, sanctionId);
  const asked: Asked = { actor, law, today: dayOf(recordedAt) };
  refuseContent(stated, asked.today);
  const facts = (await wholeFacts({ law, keyRing: deps.keyRing }, tx.client, [employerId])).get(employerId)!;
  const sanction = sanctionIn(facts, sanctionId);
  const unit = await unitMeant(tx, actor, sanction, stated);
  const procedure = procedureOn(sanction, facts, law, asked.today);
  const opening = openingFor(procedure, { ...stated, unit });
  if ('refused' in opening) {
    if (!sanction.steps.some((step) => isRepeated(step, stored, actor, stated))) {
      throw stepProblem(opening.refused, procedure);
    }
    return { status: 200, body: await view(deps, tx, asked, stored) };
  }
  const content = await contentOf(tx, { actor, law, facts, sanction }, stated, opening);
  await insertStep(tx, stored, content, { stated, actor, recordedAt });
  await renewSummaries(deps, tx, [employerId], recordedAt);
  return { status: 201, body: await view(deps, tx, asked, await findSanction(tx.client, actor, sanctionId)) };
}

async function view(deps: Deps, tx: Tx, asked: Asked, stored: StoredSanction): Promise<unknown> {
  return (await viewSanctions(deps, tx.client, [stored], asked))[0];
}

function isRepeated(taken: SanctionStep, { stepsBy }: StoredSanction, actor: Actor, stated: Stated): boolean {
  const { step, on, services, decidedBy, accepted, requestId, note } = stated;
  return (
    taken.agency === actor.agency &&
    taken.step === step &&
    taken.on === on &&
    taken.accepted === accepted &&
    (stepsBy[taken.id]?.note ?? undefined) === note &&
    (services === undefined || sameServices(services, taken.services ?? [])) &&
    (decidedBy === undefined || decidedBy === taken.decidedBy) &&
    (requestId === undefined || requestId === taken.requestId)
  );
}

type Content = Pick<SanctionStep, 'services' | 'decidedBy' | 'requestId' | 'amount' | 'fineMonths'>;

/** What is recorded of a step besides what its request states; throws 403 or 422 where nobody could have decided it. */
async function contentOf(
  tx: Tx,
  { actor, law, facts, sanction }: { actor: Actor; law: Law; facts: Facts; sanction: SanctionFacts },
  { step, on, services, decidedBy }: Stated,
  { requestId, unit, ...opening }: NextStep,
): Promise<Content> {
  if (step === 'administrative_fine') {
    const { total, months } = fineOf(sanction.codes, facts, law, on);
    return { amount: total, fineMonths: months };
  }
  if (step === 'tmp2t_request') return { services: services!, ...(decidedBy !== undefined && { decidedBy }) };
  if (requestId === undefined) return {};
  const about = { services: opening.services!, requestId };
  if (step === 'tmp2t_lift_request') return about;
  await refuseOtherUnit(tx, actor, unit);
  const decider = decidedBy ?? unit;
  if (decider === undefined) throw new Problem('invalid_content', { errors: [UNSTATED] });
  return { ...about, decidedBy: decider };
}

const UNSTATED = {
  pointer: '/decidedBy',
  code: 'required',
  detail: { id: 'Unit yang memutuskan belum disebut.', en: 'The unit that decided is not stated.' },
};

async function insertStep(
  tx: Tx,
  { employerId, sanctionId }: StoredSanction,
  { services, decidedBy, requestId, amount, fineMonths }: Content,
  { stated, actor, recordedAt }: { stated: Stated; actor: Actor; recordedAt: Date },
): Promise<void> {
  await tx.client.query(
    `insert into sanction_steps (employer_id, sanction_id, step_id, step, on_day, services, decided_by, accepted,
                                 request_id, amount, fine_months, note, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      employerId,
      sanctionId,
      uuidv7(),
      stated.step,
      stated.on,
      services ?? null,
      decidedBy ?? null,
      stated.accepted ?? null,
      requestId ?? null,
      amount ?? null,
      fineMonths ? JSON.stringify(fineMonths) : null,
      stated.note ?? null,
      recordedAt,
      recordedBy(actor),
    ],
  );
}
