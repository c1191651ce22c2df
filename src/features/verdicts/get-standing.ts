import { z } from 'zod';
import { judgedInterval } from '#src/domain/verdict/interval.ts';
import { actorOf } from '#src/http/access.ts';
import { refuseInterval } from '#src/http/clocks.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { IdOut, InstantOut } from '#src/http/fields.ts';
import type { UseCase } from '#src/http/routes.ts';
import { inTurns } from '#src/http/turns.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Interval, IntervalQuery } from './interval.ts';
import { readKnown } from './read-clocks.ts';
import { ClockQuery } from './verdict.ts';

const Standing = z
  .object({
    employerId: IdOut,
    knownAt: InstantOut.meta({ description: 'Asking again with it gives the same facts for ever' }),
    rulesetVersion: z.string().max(100),
    ...Interval.shape,
  })
  .meta({ id: 'Standing' });

export const getStanding: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/standing',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getStanding',
        tags: ['compliance'],
        summary: 'Whether the employer was in order from one day to another, and when it was not',
        params: EmployerParams,
        querystring: IntervalQuery.extend({ knownAt: ClockQuery.shape.knownAt }),
        response: { 200: Standing },
      },
    },
    async (request) => {
      const { from, to, knownAt } = request.query;
      refuseInterval(deps, { from, to }, '');
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const known = await readKnown(deps, employerId, { knownAt }, { whole: true });
      return {
        employerId,
        knownAt: known.knownAt,
        rulesetVersion: known.law.version,
        ...(await inTurns(judgedInterval(known.facts, known.law, { from, to }))),
      };
    },
  );
};
