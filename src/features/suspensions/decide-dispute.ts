import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Dispute, DisputeDecision } from './dispute.ts';
import { END_PROBLEMS, endSuspension } from './end-suspension.ts';
import { askedBy, SuspensionParams } from './suspension.ts';

export const decideDispute: UseCase = (app, deps) => {
  app.post(
    '/v1/disputes/:id/decisions',
    {
      config: { access: { anyOf: ['sanctions:write', 'flags:write'] }, problems: END_PROBLEMS },
      schema: {
        operationId: 'decideDispute',
        tags: ['suspensions'],
        summary: 'Decide a dispute: upheld the breaches were none, rejected they count again',
        params: SuspensionParams,
        body: DisputeDecision,
        response: { 201: Dispute },
      },
    },
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      const { upheld, reason, decidedOn } = request.body;
      const end = { kind: 'decision' as const, upheld, reason, on: decidedOn, onField: 'decidedOn' };
      return once(deps, request, reply, (tx) =>
        endSuspension(deps, tx, asked, { kind: 'dispute', id: request.params.id }, end),
      );
    },
  );
};
