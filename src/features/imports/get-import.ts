import { actorOf } from '#src/http/access.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { IMPORT_SCOPES, Import, ImportParams, importView, readImport } from './import.ts';

export const getImport: UseCase = (app, deps) => {
  app.get(
    '/v1/imports/:id',
    {
      config: { access: { anyOf: IMPORT_SCOPES }, problems: ['not_found'] },
      schema: {
        operationId: 'getImport',
        tags: ['imports'],
        summary: 'Read how an import stands',
        params: ImportParams,
        response: { 200: Import },
      },
    },
    async (request) =>
      importView(await readImport(deps, actorOf(request), request.params.id), languageOf(request)),
  );
};
