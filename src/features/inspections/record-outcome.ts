import { z } from 'zod';
import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf, onDay } from '#src/domain/civil.ts';
import { OUTCOME_KINDS, type OutcomeKind } from '#src/domain/inspections/inspection.ts';
import { REASON_CODES, type ReasonCode } from '#src/domain/reason-codes.ts';
import { keepEvidence, lockEmployers, renewSummaries } from '#src/facts/index.ts';
import { cutShortSeen, EvidenceCreate } from '#src/features/evidence/evidence.ts';
import { evidenceFaults } from '#src/features/evidence/evidence-faults.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy, requireScope } from '#src/http/actor.ts';
import { allDiffer, DayField, rule, text } from '#src/http/fields.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { type Fault, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { INSPECTING, Inspection, InspectionParams, inspectionView } from './inspection.ts';
import { findInspection, type StoredInspection } from './stored-inspection.ts';

/** Some tens of thousands of workers who were seen. */
const BODY_LIMIT = 8 * 1_048_576;

const OutcomeCreate = z
  .strictObject({
    kind: z.enum(OUTCOME_KINDS).default('visited').meta({ description: '`cancelled`: nobody went' }),
    on: DayField,
    found: z
      .array(z.enum(REASON_CODES))
      .max(REASON_CODES.length)
      .refine(allDiffer, rule('duplicate', 'Berisi kode yang sama dua kali.', 'Holds a code twice.'))
      .meta({ description: 'Codes of what was found, claimed or not; empty where all was in order' }),
    evidence: EvidenceCreate.pick({
      headcount: true,
      wageBill: true,
      lowestWage: true,
      workers: true,
      documentHash: true,
    })
      .optional()
      .meta({
        description: 'What was seen: recorded as evidence of an inspection, with `evidence:write` only',
      }),
    note: text(2000).optional(),
  })
  .meta({ id: 'InspectionOutcomeCreate' });
type Asked = z.output<typeof OutcomeCreate>;

export const recordOutcome: UseCase = (app, deps) => {
  app.post(
    '/v1/inspections/:id/outcomes',
    {
      bodyLimit: BODY_LIMIT,
      preValidation: async ({ body }) => cutShortSeen((body as { evidence?: unknown } | null)?.evidence),
      config: {
        access: { anyOf: ['evidence:write', 'sanctions:write'], kinds: INSPECTING },
        problems: [
          'not_found',
          'inspection_of_other_agency',
          'inspection_closed',
          'too_much_evidence',
          'idempotency_key_reused',
          'idempotency_in_flight',
        ],
      },
      schema: {
        operationId: 'recordOutcome',
        tags: ['inspections'],
        summary: 'Record what came of an inspection, once',
        description: 'The same outcome again answers 200 with the inspection.',
        params: InspectionParams,
        body: OutcomeCreate,
        response: { 200: Inspection, 201: Inspection },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return once(deps, request, reply, (tx) => record(deps, tx, actor, request.params.id, request.body));
    },
  );
};

async function record(deps: Deps, tx: Tx, actor: Actor, id: string, asked: Asked): Promise<Answer> {
  if (asked.evidence) requireScope(actor, 'evidence:write');
  const { employer } = await findInspection(tx.client, actor, id);
  const today = dayOf(await lockEmployers(deps, tx, [employer.id]));
  const stored = await findInspection(tx.client, actor, id);
  if (stored.agency !== actor.agency) throw new Problem('inspection_of_other_agency');
  refuse(asked, {
    assignedOn: dayOf(new Date(stored.recordedAt)),
    today,
    since: onDay(deps.law.firstPeriod, 1),
  });
  const evidenceId = await keepSeen(deps, tx, actor, employer.id, asked);
  if (stored.outcome) {
    if (isRepeated(stored.outcome, asked, evidenceId))
      return { status: 200, body: inspectionView(stored, today) };
    // What was kept of the evidence goes with the transaction.
    throw new Problem('inspection_closed');
  }
  const recordedAt = await lockEmployers(deps, tx, [employer.id]);
  await insert(
    tx,
    { employerId: employer.id, inspectionId: id, evidenceId },
    asked,
    recordedAt,
    recordedBy(actor),
  );
  await renewSummaries(deps, tx, [employer.id], recordedAt);
  const closed = await findInspection(tx.client, actor, id);
  return { status: 201, body: inspectionView(closed, today) };
}

/** Records what was seen, and returns its id; the same again is what is on file. */
async function keepSeen(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  employerId: string,
  { evidence, on }: Asked,
): Promise<string | undefined> {
  if (!evidence) return undefined;
  const stated = { ...evidence, employerId, kind: 'inspection', observedOn: on } as const;
  const [kept] = await keepEvidence(deps, tx, recordedBy(actor), [stated]);
  if (!kept) throw new Problem('too_much_evidence');
  return kept.evidenceId;
}

function isRepeated(
  outcome: NonNullable<StoredInspection['outcome']>,
  asked: Asked,
  evidenceId: string | undefined,
): boolean {
  return (
    outcome.evidenceId === evidenceId &&
    outcome.kind === asked.kind &&
    outcome.on === asked.on &&
    outcome.note === asked.note &&
    JSON.stringify([...outcome.found].sort()) === JSON.stringify([...asked.found].sort())
  );
}

/** Nobody can have gone before the case was given, nor tomorrow, and who did not go has found nothing. */
function refuse(
  { kind, on, found, evidence }: Asked,
  { assignedOn, today, since }: { assignedOn: Day; today: Day; since: Day },
): void {
  const faults: Fault[] = [];
  if (on > today) {
    faults.push({
      pointer: '/on',
      code: 'in_future',
      detail: { id: 'Tanggal di masa depan.', en: 'A day in the future.' },
    });
  }
  if (on < assignedOn) {
    faults.push({
      pointer: '/on',
      code: 'before_assignment',
      detail: { id: `Sebelum penugasan pada ${assignedOn}.`, en: `Before the assignment on ${assignedOn}.` },
    });
  }
  if (kind === 'cancelled' && (found.length > 0 || evidence)) {
    faults.push({
      pointer: evidence ? '/evidence' : '/found',
      code: 'not_visited',
      detail: { id: 'Tanpa kunjungan tidak ada temuan.', en: 'Without a visit nothing is found.' },
    });
  }
  if (evidence && faults.length === 0) {
    const seen = evidenceFaults({ ...evidence, kind: 'inspection', observedOn: on }, today, since);
    faults.push(...seen.map((fault) => ({ ...fault, pointer: `/evidence${fault.pointer}` })));
  }
  if (faults.length > 0) throw new Problem('invalid_content', { errors: faults });
}

async function insert(
  tx: Tx,
  {
    employerId,
    inspectionId,
    evidenceId,
  }: { employerId: string; inspectionId: string; evidenceId: string | undefined },
  {
    kind,
    on,
    found,
    note,
  }: { kind: OutcomeKind; on: Day; found: readonly ReasonCode[]; note?: string | undefined },
  recordedAt: Date,
  by: RecordedBy,
): Promise<void> {
  await tx.client.query(
    `insert into inspection_outcomes (employer_id, inspection_id, outcome_id, kind, on_day, found, evidence_id, note,
                                      recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [employerId, inspectionId, uuidv7(), kind, on, found, evidenceId ?? null, note ?? null, recordedAt, by],
  );
}
