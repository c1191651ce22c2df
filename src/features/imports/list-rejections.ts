import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { IMPORT_MESSAGES, type ImportCode } from '#src/imports/index.ts';
import { IMPORT_SCOPES, ImportParams, readImport } from './import.ts';

const Rejection = z
  .object({
    line: z
      .int()
      .min(1)
      .meta({ description: 'Line of the file, or row of the sheet; the header is in line 1' }),
    column: z.string().max(100).optional().meta({ description: 'As the file names it' }),
    value: z.string().max(100).optional().meta({ description: 'As the file has it; masked where personal' }),
    code: z.string().max(100),
    detail: z.string().max(500),
  })
  .meta({ id: 'ImportRejection' });

type Row = {
  sequence: number;
  line: number;
  column_name: string | null;
  value: string | null;
  code: ImportCode;
};

export const listRejections: UseCase = (app, deps) => {
  app.get(
    '/v1/imports/:id/rejections',
    {
      config: { access: { anyOf: IMPORT_SCOPES }, problems: ['not_found', 'not_acceptable'] },
      schema: {
        operationId: 'listRejections',
        tags: ['imports'],
        summary:
          'List what is wrong with the file, line by line; good lines of a rejected group are not named',
        params: ImportParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Rejection, 'ImportRejectionPage') },
      },
    },
    async (request, reply) => {
      const { import_id } = await readImport(deps, actorOf(request), request.params.id);
      const { limit, cursor } = request.query;
      const [line = null, sequence = null] = cursor ? decodeCursor(cursor, ['integer', 'integer']) : [];
      const language = languageOf(request);
      return sendList<Row>(deps, request, reply, {
        sql: `select sequence, line, column_name, value, code from import_rejections
              where import_id = $1 and ($2::bigint is null or (line, sequence) > ($2, $3::bigint))
              order by line, sequence`,
        values: [import_id, line, sequence],
        limit,
        key: (row) => [row.line, row.sequence],
        view: (row) => ({
          line: row.line,
          ...(row.column_name !== null && { column: row.column_name }),
          ...(row.value !== null && { value: row.value }),
          code: row.code,
          detail: IMPORT_MESSAGES[row.code][language],
        }),
        csv: ['line', 'column', 'value', 'code', 'detail'],
      });
    },
  );
};
