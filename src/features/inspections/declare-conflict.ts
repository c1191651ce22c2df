import type { z } from 'zod';
import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { lockEmployers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import {
  ConflictCreate,
  ConflictOfInterest,
  type ConflictRow,
  conflictView,
  SELECT_CONFLICTS,
} from './conflict.ts';
import { INSPECTING } from './inspection.ts';

export const declareConflict: UseCase = (app, deps) => {
  app.post(
    '/v1/inspections/conflicts',
    {
      config: {
        access: { anyOf: ['evidence:write', 'sanctions:write'], kinds: INSPECTING },
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_flight'],
      },
      schema: {
        operationId: 'declareConflict',
        tags: ['inspections'],
        summary: 'Declare why a person must not inspect an employer',
        description: 'The same conflict again answers 200 with what was declared.',
        body: ConflictCreate,
        response: { 200: ConflictOfInterest, 201: ConflictOfInterest },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return once(deps, request, reply, (tx) => declare(deps, tx, actor, request.body));
    },
  );
};

/** Under the employer's lock: no case is given meanwhile to the person whom it concerns. */
async function declare(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  asked: z.output<typeof ConflictCreate>,
): Promise<Answer> {
  const { employerId } = await findEmployer(tx.client, actor, asked.employer);
  const recordedAt = await lockEmployers(deps, tx, [employerId]);
  const { inspector = actor.sub, reason, startsOn, endsOn } = asked;
  const first = startsOn ?? dayOf(recordedAt);
  if (endsOn !== undefined && endsOn < first) throw endsBeforeStart();
  const declared = await tx.client.query<ConflictRow>(
    `${SELECT_CONFLICTS}
     where c.employer_id = $1 and c.agency_code = $2 and c.inspector = $3 and c.reason = $4
       and c.starts_on = coalesce($5, c.starts_on) and c.ends_on is not distinct from $6`,
    [employerId, actor.agency, inspector, reason, startsOn ?? null, endsOn ?? null],
  );
  if (declared.rows[0]) return { status: 200, body: conflictView(declared.rows[0]) };
  const row: ConflictRow = {
    employer_id: employerId,
    conflict_id: uuidv7(),
    agency_code: actor.agency,
    inspector,
    reason,
    starts_on: first,
    ends_on: endsOn ?? null,
    recorded_at: recordedAt,
    recorded_by: recordedBy(actor),
  };
  await tx.client.query(
    `insert into conflicts_of_interest (employer_id, conflict_id, agency_code, inspector, reason, starts_on, ends_on,
                                        recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    Object.values(row),
  );
  return { status: 201, body: conflictView(row) };
}

function endsBeforeStart(): Problem {
  return new Problem('invalid_content', {
    errors: [
      {
        pointer: '/endsOn',
        code: 'before_start',
        detail: { id: 'Sebelum startsOn.', en: 'Before startsOn.' },
      },
    ],
  });
}
