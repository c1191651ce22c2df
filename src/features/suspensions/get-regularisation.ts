import type { UseCase } from '#src/http/routes.ts';
import { Regularisation } from './regularisation.ts';
import { askedBy, SuspensionParams } from './suspension.ts';
import { findView } from './view-suspensions.ts';

export const getRegularisation: UseCase = (app, deps) => {
  app.get(
    '/v1/regularisations/:id',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getRegularisation',
        tags: ['suspensions'],
        summary: 'Read an invitation with what is missing today',
        params: SuspensionParams,
        response: { 200: Regularisation },
      },
    },
    async (request) =>
      findView(deps, deps.database.pool, 'regularisation', request.params.id, await askedBy(request, deps)),
  );
};
