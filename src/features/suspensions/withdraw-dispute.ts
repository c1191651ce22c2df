import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Dispute } from './dispute.ts';
import { END_PROBLEMS, endSuspension } from './end-suspension.ts';
import { askedBy, SuspensionParams, WithdrawalCreate } from './suspension.ts';

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
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      const { reason, on } = request.body;
      const end = { kind: 'withdrawal' as const, reason, on, onField: 'on' };
      return once(deps, request, reply, (tx) =>
        endSuspension(deps, tx, asked, { kind: 'dispute', id: request.params.id }, end),
      );
    },
  );
};
