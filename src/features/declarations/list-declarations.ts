import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { sendRows } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Declaration } from './declaration.ts';
import { readDeclarations } from './read-declarations.ts';

export const listDeclarations: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/declarations',
    {
      config: {
        access: { anyOf: ['compliance:read', 'declarations:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listDeclarations',
        tags: ['contributions'],
        summary: "List an employer's declarations, superseded ones too, in order of recording",
        params: EmployerParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Declaration, 'DeclarationPage') },
      },
    },
    async (request, reply) => {
      const caller = actorOf(request);
      const { employerId } = await findEmployer(deps.database.pool, caller, request.params.employer);
      const { limit, cursor } = request.query;
      const after = cursor ? String(decodeCursor(cursor, ['uuid'])[0]) : '';
      const all = await readDeclarations(deps, deps.database.pool, employerId);
      return sendRows(request, reply, {
        rows: all.filter(({ id }) => id > after),
        limit,
        key: ({ id }) => [id],
        view: (declaration) => declaration,
        csv: CSV,
      });
    },
  );
};

const CSV = [
  'id',
  'employerId',
  'period',
  'supersedes',
  'headcount',
  'wageBase',
  'dueOn',
  'assessment.total',
  'assessment.employer',
  'assessment.worker',
  'recordedAt',
] as const;
