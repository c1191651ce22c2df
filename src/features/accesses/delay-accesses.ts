import type { z } from 'zod';
import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addDays, type Day, dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { Problem, type Sentence } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import {
  AccessDelay,
  AccessDelayCreate,
  type AccessDelayRow,
  accessDelayView,
  INVESTIGATING,
  SELECT_ACCESS_DELAYS,
} from './access-delay.ts';

export const delayAccesses: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/:employer/access-delays',
    {
      config: {
        access: { anyOf: ['sanctions:write'], kinds: INVESTIGATING },
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_flight'],
      },
      schema: {
        operationId: 'delayAccesses',
        tags: ['accesses'],
        summary: 'Delay, for an investigation, what an employer sees of what the own agency asks about it',
        description:
          'Covers what the agency asks from now on, in the days of the delay; what the employer could see before ' +
          'stays visible. The same delay again answers 200 with what was recorded.',
        params: EmployerParams,
        body: AccessDelayCreate,
        response: { 200: AccessDelay, 201: AccessDelay },
      },
    },
    async (request, reply) =>
      once(deps, request, reply, (tx) =>
        delay(deps, tx, actorOf(request), request.params.employer, request.body),
      ),
  );
};

/** Under a lock of the employer: the same delay sent twice at once is one. */
async function delay(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  employer: string,
  asked: z.output<typeof AccessDelayCreate>,
): Promise<Answer> {
  const { employerId } = await findEmployer(tx.client, actor, employer, { lock: true });
  const { law } = await deps.rulesets.now();
  // Its time decides what it covers. It may lie before another fact's: nothing that is computed reads both.
  const recordedAt = deps.clock();
  const today = dayOf(recordedAt);
  const { startsOn = today, endsOn, caseReference, reason } = asked;
  refuseDays({ startsOn, endsOn }, today, law.quantity('access-delay-limit', startsOn).value);
  const recorded = await tx.client.query<AccessDelayRow>(
    `${SELECT_ACCESS_DELAYS}
     where d.employer_id = $1 and d.agency_code = $2 and d.starts_on = $3 and d.ends_on = $4
       and d.case_reference = $5 and d.reason = $6`,
    [employerId, actor.agency, startsOn, endsOn, caseReference, reason],
  );
  if (recorded.rows[0]) return { status: 200, body: accessDelayView(recorded.rows[0], actor) };
  const row: AccessDelayRow = {
    employer_id: employerId,
    delay_id: uuidv7(),
    agency_code: actor.agency,
    starts_on: startsOn,
    ends_on: endsOn,
    case_reference: caseReference,
    reason,
    recorded_at: recordedAt,
    recorded_by: recordedBy(actor),
  };
  await tx.client.query(
    `insert into access_delays (employer_id, delay_id, agency_code, starts_on, ends_on, case_reference, reason,
                                recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    Object.values(row),
  );
  return { status: 201, body: accessDelayView(row, actor) };
}

function refuseDays({ startsOn, endsOn }: { startsOn: Day; endsOn: Day }, today: Day, limit: number): void {
  if (startsOn < today) {
    throw refused('startsOn', 'in_past', {
      id: 'Yang sudah terlihat tidak dapat disembunyikan lagi: hari ini atau sesudahnya.',
      en: 'What was visible cannot be hidden again: today or later.',
    });
  }
  if (endsOn < startsOn) {
    throw refused('endsOn', 'before_start', { id: 'Sebelum startsOn.', en: 'Before startsOn.' });
  }
  if (endsOn > addDays(startsOn, limit)) {
    throw refused('endsOn', 'too_long', {
      id: `Paling lama ${limit} hari sesudah startsOn.`,
      en: `At most ${limit} days after startsOn.`,
    });
  }
}

function refused(field: string, code: string, detail: Sentence): Problem {
  return new Problem('invalid_content', { errors: [{ pointer: `/${field}`, code, detail }] });
}
