import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { requireKind, requireScope } from '#src/http/actor.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { Routes, UseCase } from '#src/http/routes.ts';
import { XLSX } from '#src/http/workbook.ts';
import { type ImportFormat, openImports, Upload, UploadAborted, UploadTooSlow } from '#src/imports/index.ts';
import { IMPORT_SCOPES, Import, ImportKind, importView, readImport, SCOPE_OF, SENDERS_OF } from './import.ts';
import { onceUploaded } from './once-uploaded.ts';

const FORMAT_OF: Record<string, ImportFormat> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'ndjson',
  [XLSX]: 'xlsx',
};
const TYPES = Object.keys(FORMAT_OF);

const UploadedFile = z.any().meta({ type: 'string', description: 'The file, of any size' });
const UploadedWorkbook = z.any().meta({
  type: 'string',
  format: 'binary',
  description:
    'An Excel workbook of at most 64 MiB: the visible sheet whose first row names the columns, NPP or NIB among them',
});
const CONTENT = Object.fromEntries(
  TYPES.map((type) => [type, { schema: type === XLSX ? UploadedWorkbook : UploadedFile }]),
);

export const createImport: UseCase = (app, deps) => {
  const imports = openImports(deps);
  app.whileEnding(() => imports.drain());
  app.register(async (plugin: FastifyInstance) => {
    plugin.removeAllContentTypeParsers();
    plugin.addContentTypeParser(TYPES, (_request, payload, done) => done(null, payload));
    (plugin as unknown as Routes).post(
      '/v1/imports',
      {
        bodyLimit: Number.MAX_SAFE_INTEGER,
        config: {
          access: { anyOf: IMPORT_SCOPES },
          problems: ['idempotency_key_reused', 'kind_not_allowed'],
        },
        schema: {
          operationId: 'createImport',
          tags: ['imports'],
          summary:
            'Import a file of employers, rosters, payments or evidence; it is applied after the answer',
          querystring: z.strictObject({ kind: ImportKind }),
          body: { content: CONTENT },
          response: { 202: Import },
        },
      },
      async (request, reply) => {
        const actor = actorOf(request);
        const { kind } = request.query as { kind: ImportKind };
        requireScope(actor, SCOPE_OF[kind]);
        requireKind(actor, SENDERS_OF[kind]);
        const format = formatOf(request);
        const upload = new Upload(request.body as Readable);
        try {
          const answer = await onceUploaded(deps, imports, request, upload, async () => {
            const { importId } = await imports.receive({ kind, format, actor }, upload);
            return {
              status: 202,
              headers: { location: `/v1/imports/${importId}` },
              body: importView(await readImport(deps, actor, importId), languageOf(request)),
            };
          });
          return reply
            .status(202)
            .headers(answer.headers ?? {})
            .send(answer.body as z.infer<typeof Import>);
        } catch (error) {
          throw problemOf(error);
        }
      },
    );
  });
};

function problemOf(error: unknown): unknown {
  if (error instanceof UploadTooSlow) {
    return new Problem('request_timeout', { headers: { connection: 'close' } });
  }
  return error instanceof UploadAborted ? new Problem('bad_request') : error;
}

/** Throws 415 for what is no file, or in another encoding than UTF-8. */
function formatOf(request: FastifyRequest): ImportFormat {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  const format = FORMAT_OF[type.trim()];
  const readable = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (!format || !readable || !(request.body instanceof Readable)) {
    throw new Problem('unsupported_media_type');
  }
  return format;
}
