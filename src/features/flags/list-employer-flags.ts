import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { FlagPage, FlagQuery, sendFlags } from './send-flags.ts';

export const listEmployerFlags: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/flags',
    {
      config: {
        access: { anyOf: ['compliance:read', 'flags:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listEmployerFlags',
        tags: ['flags'],
        summary: "List an employer's flags",
        params: EmployerParams,
        querystring: FlagQuery,
        response: { 200: FlagPage },
      },
    },
    async (request, reply) => sendFlags(deps, request, reply, { ...request.query, ...request.params }),
  );
};
