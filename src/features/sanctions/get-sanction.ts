import { dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Sanction, SanctionParams, type SanctionView } from './sanction.ts';
import { viewSanctions } from './sanction-view.ts';
import { findSanction } from './stored-sanction.ts';

export const getSanction: UseCase = (app, deps) => {
  app.get(
    '/v1/sanctions/:id',
    {
      config: { access: { anyOf: ['compliance:read', 'sanctions:write'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getSanction',
        tags: ['sanctions'],
        summary: 'Read a sanction procedure with its history and what can follow',
        params: SanctionParams,
        response: { 200: Sanction },
      },
    },
    async (request): Promise<SanctionView> => {
      const actor = actorOf(request);
      const { law } = await deps.rulesets.now();
      const { pool } = deps.database;
      const stored = await findSanction(pool, actor, request.params.id);
      const [view] = await viewSanctions(deps, pool, [stored], { actor, law, today: dayOf(deps.clock()) });
      return view!;
    },
  );
};
