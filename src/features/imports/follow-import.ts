import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { IMPORT_SCOPES, ImportParams, type ImportRow, importView, readImport } from './import.ts';

const POLL_MS = 250;
const HEARTBEAT_MS = 15_000;

export const followImport: UseCase = (app, deps) => {
  const closing = new AbortController();
  app.whileEnding(async () => closing.abort());
  app.get(
    '/v1/imports/:id/events',
    {
      config: { access: { anyOf: IMPORT_SCOPES }, problems: ['not_found'] },
      schema: {
        operationId: 'followImport',
        tags: ['imports'],
        summary: 'Follow an import: `progress` events with it as JSON as it moves on, then `finished`',
        params: ImportParams,
        response: {
          200: {
            description: 'Server-sent events',
            content: { 'text/event-stream': { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const language = languageOf(request);
      const read = () => readImport(deps, actor, request.params.id);
      const first = await read();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const stop = AbortSignal.any([gone.signal, closing.signal]);
      const say = (row: ImportRow) => JSON.stringify(importView(row, language));
      return (reply as FastifyReply)
        .type('text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events(first, read, say, stop)));
    },
  );
};

/** Read from the table, since the import may run in another process. */
async function* events(
  first: ImportRow,
  read: () => Promise<ImportRow>,
  say: (row: ImportRow) => string,
  stop: AbortSignal,
): AsyncGenerator<string> {
  let row = first;
  let told = '';
  let toldAt = 0;
  for (;;) {
    const data = say(row);
    if (row.state !== 'running') {
      yield `event: finished\ndata: ${data}\n\n`;
      return;
    }
    if (data !== told) yield `event: progress\ndata: ${data}\n\n`;
    else if (performance.now() - toldAt > HEARTBEAT_MS) yield ': still running\n\n';
    if (data !== told || performance.now() - toldAt > HEARTBEAT_MS) toldAt = performance.now();
    told = data;
    await delay(POLL_MS, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) return;
    row = await read();
  }
}
