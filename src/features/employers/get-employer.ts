import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Employer } from './employer.ts';
import { employerTag, employerView } from './views.ts';

export const getEmployer: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer',
    {
      config: { access: { anyOf: ['registry:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getEmployer',
        tags: ['registry'],
        summary: 'Read an employer',
        params: EmployerParams,
        response: { 200: Employer, 304: z.null().meta({ description: 'Not modified' }) },
      },
    },
    async (request, reply) => {
      const found = await findEmployer(deps.database.pool, actorOf(request), request.params.employer);
      const tag = employerTag(found);
      reply.header('etag', tag);
      if (request.headers['if-none-match'] === tag) return reply.status(304).send(null);
      return employerView(found.employerId, found.attributes);
    },
  );
};
