import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { IdField } from '#src/http/fields.ts';
import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { ACT_PROBLEMS, actOnFlag } from './act-on-flag.ts';
import { Flag, FlagParams, FlagReason } from './flag.ts';

const ObjectionDecision = FlagReason.extend({
  upheld: z.boolean().meta({ description: 'Whether the objection was right' }),
}).meta({ id: 'ObjectionDecision' });

export const decideObjection: UseCase = (app, deps) => {
  app.post(
    '/v1/flags/:id/objections/:objectionId/decisions',
    {
      config: { access: { anyOf: ['flags:write'] }, problems: ACT_PROBLEMS },
      schema: {
        operationId: 'decideObjection',
        tags: ['flags'],
        summary: 'Decide an objection: upheld it ends the flag, dismissed it no longer suspends it',
        params: FlagParams.extend({ objectionId: IdField }),
        body: ObjectionDecision,
        response: { 200: Flag, 201: Flag },
      },
    },
    async (request, reply) => {
      const { id, objectionId } = request.params;
      const act = { kind: 'objection_decision' as const, objectionId, ...request.body };
      return once(deps, request, reply, (tx) => actOnFlag(deps, tx, actorOf(request), id, act));
    },
  );
};
