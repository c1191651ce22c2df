import { z } from 'zod';
import { PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { DISPUTE_CSV, Dispute } from './dispute.ts';
import { PLAN_CSV, Plan } from './plan.ts';
import { REGULARISATION_CSV, Regularisation } from './regularisation.ts';
import { sendSuspensions } from './send-suspensions.ts';

const Suspension = z
  .discriminatedUnion('kind', [Plan, Dispute, Regularisation])
  .meta({ id: 'Suspension', description: 'What takes the consequences of breaches away for a time' });

const CSV = [...new Set([...PLAN_CSV, ...DISPUTE_CSV, ...REGULARISATION_CSV])];

export const listEmployerSuspensions: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/suspensions',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'listEmployerSuspensions',
        tags: ['suspensions'],
        summary: "List an employer's payment plans, disputes and invitations to regularise",
        params: EmployerParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Suspension, 'SuspensionPage') },
      },
    },
    async (request, reply) =>
      sendSuspensions(deps, request, reply, { ...request.query, ...request.params }, CSV),
  );
};
