import { actorOf } from '#src/http/access.ts';
import { refuseClocks, refuseInterval } from '#src/http/clocks.ts';
import { gathered } from '#src/http/gathering.ts';
import { once } from '#src/http/idempotency.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import type { Known, Premise, Subject } from '#src/registry/index.ts';
import { sendAnswer, textAnswer } from './answer-text.ts';
import { Check, CheckCreate } from './check.ts';
import { judgeSubjects } from './judge-subjects.ts';
import { type Recording, recordChecks, signChecks } from './record-checks.ts';

/** While one gathering waits for the database, the next is put together: a few large ones cost less than many. */
const GATHERINGS = { atOnce: 4, enough: 32, most: 64 };

export const createCheck: UseCase = (app, deps) => {
  const known = gathered<Subject, Known>(async (subjects) => {
    const all = await deps.knownEmployers.read(subjects);
    return subjects.map(() => all);
  }, GATHERINGS);
  const record = gathered<Recording, string | undefined>(
    async (recordings) => recordChecks(deps.database.pool, await signChecks(deps, recordings)),
    GATHERINGS,
  );
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
      const judge = async (employers: Known, premise?: Premise): Promise<Recording> => {
        const [judged] = await judgeSubjects(deps, question, employers);
        return { actor, asked, judged: judged!, checkedAt, premise };
      };
      const named = () =>
        knownAt === undefined ? known(subject) : deps.knownEmployers.readPast([subject], knownAt);
      const answered = (text: string) => textAnswer(text, { 'content-language': language });
      if (request.headers['idempotency-key'] === undefined) {
        // One insert commits by itself; only a kept answer needs a transaction of its own.
        const recalled = knownAt === undefined ? deps.knownEmployers.recall(subject) : undefined;
        // Only storing tests what is remembered: a judgement that fails is made again of what is read.
        const recording = recalled && (await judge(recalled.known, recalled.premise).catch(() => undefined));
        const text = recording && (await record(recording));
        return sendAnswer(reply, answered(text ?? (await record(await judge(await named())))!));
      }
      const recording = await judge(await named());
      return once(deps, request, reply, async ({ client }) => {
        const [text] = await recordChecks(client, await signChecks(deps, [recording]));
        return answered(text!);
      });
    },
  );
};
