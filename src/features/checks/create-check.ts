import type { ClientBase, Pool } from 'pg';
import { actorOf } from '#src/http/access.ts';
import { refuseClocks, refuseInterval } from '#src/http/clocks.ts';
import { once } from '#src/http/idempotency.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { sendAnswer, textAnswer } from './answer-text.ts';
import { Check, CheckCreate } from './check.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { recordChecks } from './record-checks.ts';

export const createCheck: UseCase = (app, deps) => {
  app.post(
    '/v1/checks',
    {
      config: {
        access: { anyOf: ['checks:create'] },
        problems: ['not_found', 'idempotency_in_flight', 'idempotency_key_reused'],
      },
      schema: {
        operationId: 'createCheck',
        tags: ['checks'],
        summary: 'Check an employer anywhere in the country for a purpose; the answer is stored and signed',
        body: CheckCreate,
        response: { 200: Check },
      },
    },
    async (request, reply) => {
      const { subject, asOf, knownAt, interval, placementId, ...asked } = request.body;
      refuseClocks(deps, { asOf, knownAt });
      if (interval) refuseInterval(deps, interval, '/interval');
      const actor = actorOf(request);
      const language = languageOf(request);
      const checkedAt = deps.clock();
      const { purpose } = asked;
      // What is said of a contract is no fact of its vendor: by when it was known must be told with the question.
      const clocks = { asOf, knownAt: knownAt ?? (placementId && checkedAt.toISOString()) };
      const question = { actor, subjects: [subject], purpose, clocks, interval, placementId, language };
      const judged = await judgeSubjects(deps, question);
      const record = async (client: ClientBase | Pool) => {
        const [text] = await recordChecks(deps, client, actor, { asked, judged, checkedAt });
        return textAnswer(text!, { 'content-language': language });
      };
      // One insert commits by itself; only a kept answer needs a transaction around it.
      if (request.headers['idempotency-key'] === undefined)
        return sendAnswer(reply, await record(deps.database.pool));
      return once(deps, request, reply, (tx) => record(tx.client));
    },
  );
};
