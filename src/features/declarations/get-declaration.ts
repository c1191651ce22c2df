import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { IdField } from '#src/http/fields.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Declaration } from './declaration.ts';
import { readDeclaration } from './read-declarations.ts';

export const getDeclaration: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/declarations/:id',
    {
      config: { access: { anyOf: ['compliance:read', 'declarations:write'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getDeclaration',
        tags: ['contributions'],
        summary: 'Read a declaration',
        params: EmployerParams.extend({ id: IdField }),
        response: { 200: Declaration },
      },
    },
    async (request) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const found = await readDeclaration(deps, deps.database.pool, employerId, request.params.id);
      if (!found) throw new Problem('not_found');
      return found;
    },
  );
};
