import type { UseCase } from '#src/http/routes.ts';
import { END_PROBLEMS, withdraw } from './end-suspension.ts';
import { Regularisation } from './regularisation.ts';
import { SuspensionParams, WithdrawalCreate } from './suspension.ts';

export const withdrawRegularisation: UseCase = (app, deps) => {
  app.post(
    '/v1/regularisations/:id/withdrawals',
    {
      config: { access: { anyOf: ['sanctions:write'] }, problems: END_PROBLEMS },
      schema: {
        operationId: 'withdrawRegularisation',
        tags: ['suspensions'],
        summary: 'Withdraw an invitation, as the agency that recorded it',
        params: SuspensionParams,
        body: WithdrawalCreate,
        response: { 201: Regularisation },
      },
    },
    async (request, reply) => withdraw(deps, request, reply, 'regularisation'),
  );
};
