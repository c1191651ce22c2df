import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { textAnswer } from './answer-text.ts';
import { BatchGate } from './batch-gate.ts';
import { CheckBatch, CheckBatchCreate } from './check.ts';
import { type Judged, judgeSubjects } from './judge-subjects.ts';
import { type Recording, recordChecks, type SignedCheck, signChecks } from './record-checks.ts';

/** Signed and stored together; between two portions others have their turn. */
const PORTION = 250;
/** So many portions are signed, or waiting, while one is stored. */
const AHEAD = 2;

/** Characters that one answer may have: ten thousand ordinary verdicts fit in a quarter. */
const MOST_CHARACTERS = 200_000_000;

/** Ten thousand subjects with all that may be said of each. */
const BODY_LIMIT = 4 * 1_048_576;

export const createCheckBatch: UseCase = (app, deps) => {
  const gate = new BatchGate();
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
      // Before the body is read, which takes time and memory, too.
      preParsing: async (request) => gate.refuseIfFull(actorOf(request).client),
    },
    async (request, reply) => {
      const { subjects, ...asked } = request.body;
      const { purpose, reference, onBehalfOf = null } = asked;
      const actor = actorOf(request);
      const language = languageOf(request);
      const checkedAt = deps.clock();
      const isKept = request.headers['idempotency-key'] !== undefined;
      const isGone = () => request.raw.socket.destroyed;
      let judged: Judged[] = [];
      const judgeInTurn = <T>(work: () => Promise<T>) =>
        gate.pass(actor.client, isGone, async () => {
          const known = await deps.knownEmployers.read(subjects);
          judged = await judgeSubjects(deps, { actor, subjects, purpose, clocks: {}, language }, known);
          return work();
        });
      const storeAll = async (tx: Tx) => {
        const batchId = uuidv7();
        await tx.client.query(
          `insert into check_batches (batch_id, checked_at, checked_by, purpose, reference, on_behalf_of, subjects)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [batchId, checkedAt, recordedBy(actor), purpose, reference, onBehalfOf, subjects.length],
        );
        const results: string[] = [];
        let characters = 0;
        const recordings = judged.map((each) => ({ actor, asked, judged: each, checkedAt, batchId }));
        for await (const texts of storedPortions(deps, tx, recordings)) {
          characters += texts.reduce((sum, { length }) => sum + length, 0);
          if (characters > MOST_CHARACTERS) throw tooLarge(results.length);
          // An answer that nobody takes any more can be asked for again by its key, or by nobody.
          if (isGone() && !isKept) throw new Problem('unavailable');
          results.push(...texts);
        }
        return textAnswer(`{"id":"${batchId}","results":[${results.join(',')}]}`, {
          'content-language': language,
        });
      };
      return once(deps, request, reply, storeAll, judgeInTurn);
    },
  );
};

/** Signs and stores by portions; gives the answers of each as it is stored. */
async function* storedPortions(
  deps: Deps,
  { client }: Tx,
  recordings: readonly Recording[],
): AsyncGenerator<string[]> {
  const signing: Promise<SignedCheck[]>[] = [];
  let drafted = 0;
  const signAhead = () => {
    for (; signing.length < AHEAD && drafted < recordings.length; drafted += PORTION) {
      const signed = signChecks(deps, recordings.slice(drafted, drafted + PORTION));
      // Where the batch fails before its turn nobody asks for it any more.
      signed.catch(() => {});
      signing.push(signed);
    }
  };
  signAhead();
  while (signing.length > 0) {
    const stored = recordChecks(client, await signing.shift()!);
    signAhead();
    yield (await stored) as string[];
  }
}

function tooLarge(answered: number): Problem {
  const detail = {
    id: `Jawabannya terlalu besar; kirim ${answered} subjek atau lebih sedikit.`,
    en: `The answer is too large; send ${answered} subjects or fewer.`,
  };
  return new Problem('invalid_content', {
    errors: [{ pointer: '/subjects', code: 'answer_too_large', detail }],
  });
}
