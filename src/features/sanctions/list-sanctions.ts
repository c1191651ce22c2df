import { RegionCode } from '#src/features/employers/employer.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { SanctionPage, SanctionQuery, sendSanctions } from './send-sanctions.ts';

const Query = SanctionQuery.extend({ employer: EmployerField.optional(), region: RegionCode.optional() });

export const listSanctions: UseCase = (app, deps) => {
  app.get(
    '/v1/sanctions',
    {
      config: {
        access: { anyOf: ['compliance:read', 'sanctions:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listSanctions',
        tags: ['sanctions'],
        summary: 'List sanction procedures; a unit that was asked to deny services finds its requests',
        querystring: Query,
        response: { 200: SanctionPage },
      },
    },
    async (request, reply) => sendSanctions(deps, request, reply, request.query),
  );
};
