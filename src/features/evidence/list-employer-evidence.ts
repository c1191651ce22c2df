import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { EvidencePage, EvidenceQuery, sendEvidence } from './send-evidence.ts';

export const listEmployerEvidence: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/evidence',
    {
      config: {
        access: { anyOf: ['compliance:read', 'evidence:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listEmployerEvidence',
        tags: ['evidence'],
        summary: 'List the evidence about an employer',
        params: EmployerParams,
        querystring: EvidenceQuery,
        response: { 200: EvidencePage },
      },
    },
    async (request, reply) => sendEvidence(deps, request, reply, { ...request.query, ...request.params }),
  );
};
