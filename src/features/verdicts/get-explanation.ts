import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { explanationOf } from '#src/domain/explanation/explanation.ts';
import { letterHtml } from '#src/domain/explanation/letter-html.ts';
import { letterText } from '#src/domain/explanation/letter-text.ts';
import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { negotiate } from '#src/http/negotiate.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { readKnown } from './read-clocks.ts';
import { ClockQuery } from './verdict.ts';

const Letter = z.string().max(100_000_000);

const FORMS = { 'text/html': letterHtml, 'text/plain': letterText };
const OFFERED = ['text/html', 'text/plain'] as const;

export const getExplanation: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/verdict/explanation',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'getExplanation',
        tags: ['compliance'],
        summary: 'The whole reasoning behind a verdict, as a page or as plain text to send; by two clocks',
        params: EmployerParams,
        querystring: ClockQuery,
        response: {
          200: {
            description: 'Every number with the facts and the parameters that it rests on; no worker appears',
            content: {
              'text/html': { schema: Letter },
              'text/plain': { schema: Letter },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const type = negotiate(request.headers.accept, OFFERED);
      const known = await readKnown(deps, employerId, request.query, { whole: true });
      const language = languageOf(request);
      const letter = explanationOf(known, known.law, language);
      return (reply as FastifyReply)
        .type(`${type}; charset=utf-8`)
        .header('content-language', language)
        .header('vary', 'accept, accept-language')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(FORMS[type](letter));
    },
  );
};
