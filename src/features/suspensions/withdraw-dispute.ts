import type { UseCase } from '#src/http/routes.ts';
import { Dispute } from './dispute.ts';
import { END_PROBLEMS, withdraw } from './end-suspension.ts';
import { SuspensionParams, WithdrawalCreate } from './suspension.ts';

export const withdrawDispute: UseCase = (app, deps) => {
  app.post(
    '/v1/disputes/:id/withdrawals',
    {
      config: { access: { anyOf: ['sanctions:write', 'flags:write'] }, problems: END_PROBLEMS },
      schema: {
        operationId: 'withdrawDispute',
        tags: ['suspensions'],
        summary: 'Withdraw a dispute, as who opened it',
        params: SuspensionParams,
        body: WithdrawalCreate,
        response: { 201: Dispute },
      },
    },
    async (request, reply) => withdraw(deps, request, reply, 'dispute'),
  );
};
