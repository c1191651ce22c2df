import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Dispute, DisputeCreate } from './dispute.ts';
import { recordSuspension } from './record-suspension.ts';
import { askedBy } from './suspension.ts';

export const openDispute: UseCase = (app, deps) => {
  app.post(
    '/v1/disputes',
    {
      config: {
        access: { anyOf: ['sanctions:write', 'flags:write'] },
        problems: ['not_found', 'suspension_needs_agency', 'too_many_open'],
      },
      schema: {
        operationId: 'openDispute',
        tags: ['suspensions'],
        summary:
          'Contest breaches, as the employer or on its behalf; an agency can let the dispute suspend them',
        body: DisputeCreate,
        response: { 201: Dispute },
      },
    },
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      const { employer, openedOn, ground, ...rest } = request.body;
      // No company takes the consequences of its own breaches away.
      if (rest.suspensive && asked.actor.kind === 'employer') throw new Problem('suspension_needs_agency');
      const start = { field: 'openedOn', day: openedOn };
      const content = { ...rest, kind: 'dispute' as const, note: ground };
      return once(deps, request, reply, (tx) =>
        recordSuspension(deps, tx, asked, { employer, start }, () => ({ content })),
      );
    },
  );
};
