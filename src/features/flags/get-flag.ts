import { dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Flag, FlagParams, flagView } from './flag.ts';
import { findFlag } from './stored-flag.ts';

export const getFlag: UseCase = (app, deps) => {
  app.get(
    '/v1/flags/:id',
    {
      config: { access: { anyOf: ['compliance:read', 'flags:write'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getFlag',
        tags: ['flags'],
        summary: 'Read a flag with its history',
        params: FlagParams,
        response: { 200: Flag },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const flag = await findFlag(deps.database.pool, actor, request.params.id);
      return flagView(flag, actor, dayOf(deps.clock()));
    },
  );
};
