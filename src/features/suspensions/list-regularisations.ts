import { REGULARISATION_STATES } from '#src/domain/suspensions.ts';
import { pageOf } from '#src/http/cursor.ts';
import type { UseCase } from '#src/http/routes.ts';
import { REGULARISATION_CSV, Regularisation } from './regularisation.ts';
import { sendSuspensions } from './send-suspensions.ts';
import { suspensionQuery } from './suspension.ts';

export const listRegularisations: UseCase = (app, deps) => {
  app.get(
    '/v1/regularisations',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'listRegularisations',
        tags: ['suspensions'],
        summary: 'List invitations to regularise, with what is missing today',
        querystring: suspensionQuery(REGULARISATION_STATES),
        response: { 200: pageOf(Regularisation, 'RegularisationPage') },
      },
    },
    async (request, reply) =>
      sendSuspensions(deps, request, reply, { ...request.query, kind: 'regularisation' }, REGULARISATION_CSV),
  );
};
