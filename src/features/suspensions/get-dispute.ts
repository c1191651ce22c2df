import type { UseCase } from '#src/http/routes.ts';
import { Dispute } from './dispute.ts';
import { askedBy, SuspensionParams } from './suspension.ts';
import { findView } from './view-suspensions.ts';

export const getDispute: UseCase = (app, deps) => {
  app.get(
    '/v1/disputes/:id',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getDispute',
        tags: ['suspensions'],
        summary: 'Read a dispute',
        params: SuspensionParams,
        response: { 200: Dispute },
      },
    },
    async (request) =>
      findView(deps, deps.database.pool, 'dispute', request.params.id, await askedBy(request, deps)),
  );
};
