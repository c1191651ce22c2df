import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { failAbandonedImports } from '#src/imports/index.ts';
import { IMPORT_COLUMNS, IMPORT_SCOPES, Import, type ImportRow, importView, ownImports } from './import.ts';

export const listImports: UseCase = (app, deps) => {
  app.get(
    '/v1/imports',
    {
      config: { access: { anyOf: IMPORT_SCOPES }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listImports',
        tags: ['imports'],
        summary: "List the agency's imports, the newest first",
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Import, 'ImportPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const before = cursor ? decodeCursor(cursor, ['uuid'])[0] : null;
      const language = languageOf(request);
      const values: unknown[] = [before];
      const own = ownImports(actorOf(request), (value) => `$${values.push(value)}`);
      await failAbandonedImports(deps);
      return sendList<ImportRow>(deps, request, reply, {
        sql: `select ${IMPORT_COLUMNS} from imports i
              where ${own} and ($1::uuid is null or i.import_id < $1)
              order by i.import_id desc`,
        values,
        limit,
        key: (row) => [row.import_id],
        view: (row) => importView(row, language),
        csv: [
          'id',
          'kind',
          'state',
          'bytesRead',
          'linesRead',
          'linesAccepted',
          'linesRejected',
          'groupsAccepted',
          'groupsRejected',
          'startedAt',
          'finishedAt',
          'error.code',
          'error.detail',
        ],
      });
    },
  );
};
