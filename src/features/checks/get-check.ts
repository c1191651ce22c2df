import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { sendAnswer, textAnswer } from './answer-text.ts';
import { Check } from './check.ts';
import { CheckParams, readAnswer } from './stored-check.ts';

export const getCheck: UseCase = (app, deps) => {
  app.get(
    '/v1/checks/:id',
    {
      config: { access: { anyOf: ['checks:create', 'compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getCheck',
        tags: ['checks'],
        summary: 'Read a check of the own agency, byte for byte as it was answered',
        params: CheckParams,
        response: { 200: Check },
      },
    },
    async (request, reply) =>
      sendAnswer(reply, textAnswer(await readAnswer(deps, actorOf(request), request.params.id))),
  );
};
