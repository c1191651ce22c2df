import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A file right in its folder; how else it could be spelled is not known here, and so no address of anything. */
const FILE_NAME = /^[\w-]+(\.[\w-]+)+$/;
const KEPT_HEADERS = ['content-type', 'cache-control', 'etag', 'last-modified'];

type Kept = { headers: Record<string, string>; body: Buffer };

/**
 * Answers of public pages that say the same to everybody are made once, and kept as one piece of memory each: whoever
 * needs no token to ask must cost nothing to speak of, however often it asks and however little of it it reads. They
 * know no parameters, and no parts of them (RFC 9110 section 14) are given.
 */
export function keepAnswers(pages: FastifyInstance): void {
  const kept = new Map<string, Kept>();
  /** What is being made, and by whom: those who ask for the same meanwhile wait for that. */
  const made = new Map<string, PromiseWithResolvers<void>>();
  const makers = new WeakMap<FastifyRequest, PromiseWithResolvers<void>>();

  pages.addHook('onRequest', async (request, reply) => {
    const [path, query] = request.url.split('?', 2);
    if (query !== undefined) return reply.redirect(path!, 308);
    const file = fileOf(request);
    if (file !== undefined && !FILE_NAME.test(file)) return reply.callNotFound();
    delete request.headers.range;
    const key = keyOf(request);
    if (!kept.has(key) && !made.has(key)) {
      const making = Promise.withResolvers<void>();
      made.set(key, making);
      makers.set(request, making);
      return;
    }
    await made.get(key)?.promise;
    const answer = kept.get(key);
    if (!answer) return;
    reply.headers(answer.headers);
    const { etag } = answer.headers;
    if (etag !== undefined && request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.send(answer.body);
  });

  pages.addHook('onSend', async (request, reply, payload) => {
    const making = makers.get(request);
    if (!making) return payload;
    const key = keyOf(request);
    try {
      const isWhole = request.method === 'GET' || typeof payload === 'string';
      if (reply.statusCode !== 200 || !isWhole) return payload;
      const body =
        payload instanceof Readable ? await buffer(payload) : Buffer.from(payload as string | Buffer);
      const headers = KEPT_HEADERS.filter((name) => reply.hasHeader(name));
      kept.set(key, {
        headers: Object.fromEntries(headers.map((name) => [name, String(reply.getHeader(name))])),
        body,
      });
      return body;
    } finally {
      made.delete(key);
      making.resolve();
    }
  });
}

const fileOf = ({ params }: FastifyRequest) => (params as { '*'?: string })['*'];

const keyOf = (request: FastifyRequest) => `${request.routeOptions.url} ${fileOf(request) ?? ''}`;
