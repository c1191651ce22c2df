import { uuidv7 } from '#src/db/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { textAnswer } from './answer-text.ts';
import { CheckBatch, CheckBatchCreate } from './check.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { recordChecks } from './record-checks.ts';

/** Ten thousand subjects with all that may be said of each. */
const BODY_LIMIT = 4 * 1_048_576;

export const createCheckBatch: UseCase = (app, deps) => {
  app.post(
    '/v1/check-batches',
    {
      bodyLimit: BODY_LIMIT,
      config: {
        access: { anyOf: ['checks:create'] },
        problems: ['idempotency_in_flight', 'idempotency_key_reused'],
      },
      schema: {
        operationId: 'createCheckBatch',
        tags: ['checks'],
        summary:
          'Check many employers for one purpose; each answer is stored and signed as that of a single check',
        body: CheckBatchCreate,
        response: { 200: CheckBatch },
      },
    },
    async (request, reply) => {
      const { subjects, ...asked } = request.body;
      const { purpose, reference, onBehalfOf = null } = asked;
      const actor = actorOf(request);
      const language = languageOf(request);
      const checkedAt = deps.clock();
      const judged = await judgeSubjects(deps, { actor, subjects, purpose, clocks: {}, language });
      return once(deps, request, reply, async (tx) => {
        const batchId = uuidv7();
        await tx.client.query(
          `insert into check_batches (batch_id, checked_at, checked_by, purpose, reference, on_behalf_of, subjects)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [batchId, checkedAt, recordedBy(actor), purpose, reference, onBehalfOf, subjects.length],
        );
        const results = await recordChecks(deps, tx.client, actor, { asked, judged, checkedAt, batchId });
        return textAnswer(`{"id":"${batchId}","results":[${results.join(',')}]}`, {
          'content-language': language,
        });
      });
    },
  );
};
