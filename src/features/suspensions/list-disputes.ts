import { DISPUTE_STATES } from '#src/domain/suspensions.ts';
import { pageOf } from '#src/http/cursor.ts';
import type { UseCase } from '#src/http/routes.ts';
import { DISPUTE_CSV, Dispute } from './dispute.ts';
import { sendSuspensions } from './send-suspensions.ts';
import { suspensionQuery } from './suspension.ts';

export const listDisputes: UseCase = (app, deps) => {
  app.get(
    '/v1/disputes',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'listDisputes',
        tags: ['suspensions'],
        summary: 'List disputes of the employers that the caller may see',
        querystring: suspensionQuery(DISPUTE_STATES),
        response: { 200: pageOf(Dispute, 'DisputePage') },
      },
    },
    async (request, reply) =>
      sendSuspensions(deps, request, reply, { ...request.query, kind: 'dispute' }, DISPUTE_CSV),
  );
};
