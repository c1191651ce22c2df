import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { requireScope } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { ACT_PROBLEMS, actOnFlag } from './act-on-flag.ts';
import { Flag, FlagParams, FlagReason } from './flag.ts';

const ObjectionCreate = FlagReason.extend({
  suspensive: z.boolean().default(false).meta({ description: 'Suspends the flag until it is decided' }),
}).meta({ id: 'ObjectionCreate' });

export const objectToFlag: UseCase = (app, deps) => {
  app.post(
    '/v1/flags/:id/objections',
    {
      config: { access: { anyOf: ['flags:write', 'compliance:read'] }, problems: ACT_PROBLEMS },
      schema: {
        operationId: 'objectToFlag',
        tags: ['flags'],
        summary:
          'Object to a flag, as the employer or on its behalf; a suspensive objection suspends it until decided',
        params: FlagParams,
        body: ObjectionCreate,
        response: { 200: Flag, 201: Flag },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      if (actor.kind !== 'employer') requireScope(actor, 'flags:write');
      const act = { kind: 'objection' as const, ...request.body };
      return once(deps, request, reply, (tx) => actOnFlag(deps, tx, actor, request.params.id, act));
    },
  );
};
