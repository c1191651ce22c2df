import { RegionCode } from '#src/features/employers/employer.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { EvidencePage, EvidenceQuery, sendEvidence } from './send-evidence.ts';

const Query = EvidenceQuery.extend({
  employer: EmployerField.optional(),
  region: RegionCode.optional(),
});

export const listEvidence: UseCase = (app, deps) => {
  app.get(
    '/v1/evidence',
    {
      config: {
        access: { anyOf: ['compliance:read', 'evidence:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listEvidence',
        tags: ['evidence'],
        summary: 'List evidence about the employers that the caller may see',
        querystring: Query,
        response: { 200: EvidencePage },
      },
    },
    async (request, reply) => sendEvidence(deps, request, reply, request.query),
  );
};
