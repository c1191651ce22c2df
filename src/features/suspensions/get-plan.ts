import type { UseCase } from '#src/http/routes.ts';
import { Plan } from './plan.ts';
import { askedBy, SuspensionParams } from './suspension.ts';
import { findView } from './view-suspensions.ts';

export const getPlan: UseCase = (app, deps) => {
  app.get(
    '/v1/plans/:id',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getPlan',
        tags: ['suspensions'],
        summary: 'Read a payment plan with how it is kept',
        params: SuspensionParams,
        response: { 200: Plan },
      },
    },
    async (request) =>
      findView(deps, deps.database.pool, 'plan', request.params.id, await askedBy(request, deps)),
  );
};
