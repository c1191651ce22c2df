import { PLAN_STATES } from '#src/domain/suspensions.ts';
import { pageOf } from '#src/http/cursor.ts';
import type { UseCase } from '#src/http/routes.ts';
import { PLAN_CSV, Plan } from './plan.ts';
import { sendSuspensions } from './send-suspensions.ts';
import { suspensionQuery } from './suspension.ts';

export const listPlans: UseCase = (app, deps) => {
  app.get(
    '/v1/plans',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'listPlans',
        tags: ['suspensions'],
        summary: 'List payment plans of the employers that the caller may see',
        querystring: suspensionQuery(PLAN_STATES),
        response: { 200: pageOf(Plan, 'PlanPage') },
      },
    },
    async (request, reply) =>
      sendSuspensions(deps, request, reply, { ...request.query, kind: 'plan' }, PLAN_CSV),
  );
};
