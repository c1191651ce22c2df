import type { UseCase } from '#src/http/routes.ts';
import { END_PROBLEMS, withdraw } from './end-suspension.ts';
import { Plan } from './plan.ts';
import { SuspensionParams, WithdrawalCreate } from './suspension.ts';

export const withdrawPlan: UseCase = (app, deps) => {
  app.post(
    '/v1/plans/:id/withdrawals',
    {
      config: { access: { anyOf: ['sanctions:write'] }, problems: END_PROBLEMS },
      schema: {
        operationId: 'withdrawPlan',
        tags: ['suspensions'],
        summary: 'Withdraw a payment plan, as the agency that recorded it',
        params: SuspensionParams,
        body: WithdrawalCreate,
        response: { 201: Plan },
      },
    },
    async (request, reply) => withdraw(deps, request, reply, 'plan'),
  );
};
