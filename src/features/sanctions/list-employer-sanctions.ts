import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { SanctionPage, SanctionQuery, sendSanctions } from './send-sanctions.ts';

export const listEmployerSanctions: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/sanctions',
    {
      config: {
        access: { anyOf: ['compliance:read', 'sanctions:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listEmployerSanctions',
        tags: ['sanctions'],
        summary: "List an employer's sanction procedures",
        params: EmployerParams,
        querystring: SanctionQuery,
        response: { 200: SanctionPage },
      },
    },
    async (request, reply) => sendSanctions(deps, request, reply, { ...request.query, ...request.params }),
  );
};
