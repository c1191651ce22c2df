import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { END_PROBLEMS, endSuspension } from './end-suspension.ts';
import { Regularisation } from './regularisation.ts';
import { askedBy, SuspensionParams, WithdrawalCreate } from './suspension.ts';

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
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      const { reason, on } = request.body;
      const end = { kind: 'withdrawal' as const, reason, on, onField: 'on' };
      return once(deps, request, reply, (tx) =>
        endSuspension(deps, tx, asked, { kind: 'regularisation', id: request.params.id }, end),
      );
    },
  );
};
