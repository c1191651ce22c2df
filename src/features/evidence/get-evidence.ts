import { dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Evidence, EvidenceParams, evidenceView } from './evidence.ts';
import { findEvidence } from './stored-evidence.ts';

export const getEvidence: UseCase = (app, deps) => {
  app.get(
    '/v1/evidence/:id',
    {
      config: { access: { anyOf: ['compliance:read', 'evidence:write'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getEvidence',
        tags: ['evidence'],
        summary: 'Read evidence, and what it shows today; nobody is named',
        params: EvidenceParams,
        response: { 200: Evidence },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const stored = await findEvidence(deps.database.pool, actor, request.params.id);
      return evidenceView(stored, actor, deps.law, dayOf(deps.clock()));
    },
  );
};
