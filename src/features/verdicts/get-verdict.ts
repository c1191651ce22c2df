import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { readKnown } from './read-clocks.ts';
import { ClockQuery, Verdict } from './verdict.ts';

export const getVerdict: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/verdict',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getVerdict',
        tags: ['compliance'],
        summary: 'Whether the employer complies, and why; by two clocks',
        params: EmployerParams,
        querystring: ClockQuery,
        response: { 200: Verdict },
      },
    },
    async (request, reply) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const known = await readKnown(deps, employerId, request.query);
      const language = languageOf(request);
      reply.header('content-language', language).header('vary', 'accept-language');
      return verdictOf(known, known.law, language);
    },
  );
};
