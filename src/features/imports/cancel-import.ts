import { actorOf } from '#src/http/access.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import {
  IMPORT_COLUMNS,
  IMPORT_SCOPES,
  Import,
  ImportParams,
  type ImportRow,
  importView,
  readImport,
} from './import.ts';

export const cancelImport: UseCase = (app, deps) => {
  app.delete(
    '/v1/imports/:id',
    {
      config: { access: { anyOf: IMPORT_SCOPES }, problems: ['not_found', 'import_finished'] },
      schema: {
        operationId: 'cancelImport',
        tags: ['imports'],
        summary: 'Stop a running import; what it has accepted stays, nothing is added after the answer',
        params: ImportParams,
        response: { 200: Import },
      },
    },
    async (request) => {
      const { import_id } = await readImport(deps, actorOf(request), request.params.id);
      // Each chunk changes the same row in its transaction: this waits for one that is about to commit.
      const cancelled = await deps.database.pool.query<ImportRow>(
        `update imports i set state = 'cancelled', finished_at = $2
         where i.import_id = $1 and i.state = 'running' returning ${IMPORT_COLUMNS}`,
        [import_id, deps.clock()],
      );
      const row = cancelled.rows[0];
      if (!row) throw new Problem('import_finished');
      return importView(row, languageOf(request));
    },
  );
};
