import { actorOf } from '#src/http/access.ts';
import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { ACT_PROBLEMS, actOnFlag } from './act-on-flag.ts';
import { Flag, FlagParams, FlagReason } from './flag.ts';

export const liftFlag: UseCase = (app, deps) => {
  app.post(
    '/v1/flags/:id/lifts',
    {
      config: { access: { anyOf: ['flags:write'] }, problems: ACT_PROBLEMS },
      schema: {
        operationId: 'liftFlag',
        tags: ['flags'],
        summary: 'Lift a flag, as the agency that proposed it',
        params: FlagParams,
        body: FlagReason,
        response: { 200: Flag, 201: Flag },
      },
    },
    async (request, reply) => {
      const act = { kind: 'lift' as const, ...request.body };
      return once(deps, request, reply, (tx) =>
        actOnFlag(deps, tx, actorOf(request), request.params.id, act),
      );
    },
  );
};
