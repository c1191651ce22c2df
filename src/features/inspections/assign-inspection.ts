import type { z } from 'zod';
import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { addDays, type Day, dayOf } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { openInspection } from '#src/domain/inspections/inspection.ts';
import { claimsOf, type Priority, priorityOf } from '#src/domain/inspections/priority.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { lockEmployers, renewSummaries, wholeFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { INSPECTING, Inspection, InspectionCreate, inspectionView } from './inspection.ts';
import { refuseConflict } from './refuse-conflict.ts';
import { findInspection, type StoredInspection } from './stored-inspection.ts';

type Asked = z.output<typeof InspectionCreate>;

export const assignInspection: UseCase = (app, deps) => {
  app.post(
    '/v1/inspections',
    {
      config: {
        access: { anyOf: ['evidence:write', 'sanctions:write'], kinds: INSPECTING },
        problems: [
          'not_found',
          'inspection_already_assigned',
          'conflict_of_interest',
          'idempotency_key_reused',
          'idempotency_in_flight',
        ],
      },
      schema: {
        operationId: 'assignInspection',
        tags: ['inspections'],
        summary: 'Take the case of an employer, or give it to an inspector',
        description:
          'One case of an employer is open at a time. Asking again for what the same agency has already assigned ' +
          'answers 200 with it.',
        body: InspectionCreate,
        response: { 200: Inspection, 201: Inspection },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return once(deps, request, reply, (tx) => assign(deps, tx, actor, request.body));
    },
  );
};

/** It is decided under the employer's lock, so that of two who take the same case one gets it. */
async function assign(deps: Deps, tx: Tx, actor: Actor, asked: Asked): Promise<Answer> {
  const { employerId } = await findEmployer(tx.client, actor, asked.employer);
  const recordedAt = await lockEmployers(deps, tx, [employerId]);
  const today = dayOf(recordedAt);
  const inspector = asked.inspector ?? actor.sub;
  const { plannedOn = addDays(today, deps.law.quantity('inspection-term', today).value) } = asked;

  const facts = (await wholeFacts(deps, tx.client, [employerId], today)).get(employerId)!;
  const open = openInspection(facts.inspections);
  if (open) {
    const stored = await findInspection(tx.client, actor, open.id);
    if (isRepeated(stored, actor, { ...asked, inspector }))
      return { status: 200, body: inspectionView(stored, today) };
    throw alreadyAssigned(stored);
  }
  if (plannedOn < today) throw plannedInPast();
  const person = { agency: actor.agency, inspector };
  await refuseConflict(deps, tx.client, { ...person, employerId }, facts, { today, plannedOn });

  const id = uuidv7();
  const snapshot = snapshotOf(deps, facts, today);
  await insert(
    tx,
    { id, employerId, inspector, plannedOn, note: asked.note, ...snapshot },
    recordedAt,
    recordedBy(actor),
  );
  await renewSummaries(deps, tx, [employerId], recordedAt);
  return {
    status: 201,
    headers: { location: `/v1/inspections/${id}` },
    body: inspectionView(await findInspection(tx.client, actor, id), today),
  };
}

/** What the queue claims of the employer on the day, kept to be held against what is found. */
function snapshotOf(deps: Deps, facts: Facts, today: Day): { claims: ReasonCode[]; priority: Priority } {
  const judgement = judge(facts, deps.law, today);
  return {
    claims: [...new Set(claimsOf(judgement).map(({ code }) => code))],
    priority: priorityOf(judgement, facts, deps.law, today),
  };
}

function isRepeated(stored: StoredInspection, actor: Actor, { inspector, plannedOn, note }: Asked): boolean {
  return (
    stored.agency === actor.agency &&
    stored.inspector === inspector &&
    stored.plannedOn === (plannedOn ?? stored.plannedOn) &&
    stored.note === note
  );
}

function alreadyAssigned({ agency, plannedOn }: StoredInspection): Problem {
  return new Problem('inspection_already_assigned', {
    detail: {
      id: `Sudah ditugaskan oleh ${agency}, dengan rencana kunjungan sampai ${plannedOn}.`,
      en: `Already assigned by ${agency}, planned for a visit by ${plannedOn}.`,
    },
  });
}

function plannedInPast(): Problem {
  return new Problem('invalid_content', {
    errors: [
      {
        pointer: '/plannedOn',
        code: 'in_past',
        detail: { id: 'Tanggal yang sudah lewat.', en: 'A day in the past.' },
      },
    ],
  });
}

async function insert(
  tx: Tx,
  {
    id,
    employerId,
    inspector,
    plannedOn,
    claims,
    priority,
    note,
  }: {
    id: string;
    employerId: string;
    inspector: string;
    plannedOn: Day;
    claims: ReasonCode[];
    priority: Priority;
    note: string | undefined;
  },
  recordedAt: Date,
  by: RecordedBy,
): Promise<void> {
  await tx.client.query(
    `insert into inspections (employer_id, inspection_id, agency_code, inspector, planned_on, claims, priority, note,
                              recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      employerId,
      id,
      by.agency,
      inspector,
      plannedOn,
      claims,
      JSON.stringify(priority),
      note ?? null,
      recordedAt,
      by,
    ],
  );
}
