import { EmployerField } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { FlagPage, FlagQuery, sendFlags } from './send-flags.ts';

const Query = FlagQuery.extend({
  employer: EmployerField.optional(),
});

export const listFlags: UseCase = (app, deps) => {
  app.get(
    '/v1/flags',
    {
      config: {
        access: { anyOf: ['compliance:read', 'flags:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listFlags',
        tags: ['flags'],
        summary: 'List flags on the employers that the caller may see',
        querystring: Query,
        response: { 200: FlagPage },
      },
    },
    async (request, reply) => sendFlags(deps, request, reply, request.query),
  );
};
