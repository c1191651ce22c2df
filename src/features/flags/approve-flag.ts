import { actorOf } from '#src/http/access.ts';
import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { ACT_PROBLEMS, actOnFlag } from './act-on-flag.ts';
import { Flag, FlagParams, FlagReason } from './flag.ts';

const FlagApproval = FlagReason.partial()
  .nullish()
  .meta({ id: 'FlagApproval', description: 'An approval can do without a reason, and without a body' });

export const approveFlag: UseCase = (app, deps) => {
  app.post(
    '/v1/flags/:id/approvals',
    {
      config: { access: { anyOf: ['flags:write'] }, problems: ACT_PROBLEMS },
      schema: {
        operationId: 'approveFlag',
        tags: ['flags'],
        summary: 'Approve a flag as a second person of the agency that proposed it',
        params: FlagParams,
        body: FlagApproval,
        response: { 200: Flag, 201: Flag },
      },
    },
    async (request, reply) => {
      const act = { kind: 'approval' as const, ...request.body };
      return once(deps, request, reply, (tx) =>
        actOnFlag(deps, tx, actorOf(request), request.params.id, act),
      );
    },
  );
};
