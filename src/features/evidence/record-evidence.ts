import { dayOf, onDay } from '#src/domain/civil.ts';
import { EVIDENCE_RECORDERS, recordersOf } from '#src/domain/evidence.ts';
import { keepEvidence } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy, requireKind } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { cutShortSeen, Evidence, EvidenceCreate, evidenceView } from './evidence.ts';
import { evidenceFaults } from './evidence-faults.ts';
import { findEvidence } from './stored-evidence.ts';

/** Some tens of thousands of workers who were seen. */
const BODY_LIMIT = 8 * 1_048_576;

export const recordEvidence: UseCase = (app, deps) => {
  app.post(
    '/v1/evidence',
    {
      bodyLimit: BODY_LIMIT,
      preValidation: async ({ body }) => cutShortSeen(body),
      config: {
        access: { anyOf: ['evidence:write'], kinds: EVIDENCE_RECORDERS },
        problems: ['not_found', 'too_much_evidence', 'idempotency_key_reused', 'idempotency_in_flight'],
      },
      schema: {
        operationId: 'recordEvidence',
        tags: ['evidence'],
        summary: 'Record what was seen of workers and wages; the same content again answers with the first',
        body: EvidenceCreate,
        response: { 200: Evidence, 201: Evidence },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { employer, ...stated } = request.body;
      requireKind(actor, recordersOf(stated.kind));
      const errors = evidenceFaults(stated, dayOf(deps.clock()), onDay(deps.law.firstPeriod, 1));
      if (errors.length > 0) throw new Problem('invalid_content', { errors });
      return once(deps, request, reply, async (tx) => {
        const { employerId } = await findEmployer(tx.client, actor, employer);
        const [kept] = await keepEvidence(deps, tx, recordedBy(actor), [{ ...stated, employerId }]);
        if (!kept) throw new Problem('too_much_evidence');
        const { evidenceId, created } = kept;
        const stored = await findEvidence(tx.client, actor, evidenceId);
        return {
          status: created ? 201 : 200,
          headers: { location: `/v1/evidence/${evidenceId}` },
          body: evidenceView(stored, actor, deps.law, dayOf(deps.clock())),
        };
      });
    },
  );
};
