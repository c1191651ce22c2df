import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { type CheckView, Receipt } from './check.ts';
import { CheckParams, readAnswer } from './stored-check.ts';

/** Media type of the compact serialization (RFC 7515 section 9.2.1). */
const JOSE = 'application/jose';

export const getCheckReceipt: UseCase = (app, deps) => {
  app.get(
    '/v1/checks/:id/receipt',
    {
      config: { access: { anyOf: ['checks:create', 'compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getCheckReceipt',
        tags: ['checks'],
        summary: 'Read the receipt of a check alone: the compact JWS as a file to hand on',
        params: CheckParams,
        response: { 200: { description: 'The receipt', content: { [JOSE]: { schema: Receipt } } } },
      },
    },
    async (request, reply) => {
      const check: CheckView = JSON.parse(await readAnswer(deps, actorOf(request), request.params.id));
      return reply.type(JOSE).send(check.receipt);
    },
  );
};
