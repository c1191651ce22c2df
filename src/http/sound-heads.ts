import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from './problem.ts';

/**
 * Refuses requests that somebody on the way may have understood otherwise, or whose body is not what it says: two hosts
 * (RFC 9112 section 3.2), tokens or types, a transfer coding but `chunked` (section 6.1), a body that is packed (RFC
 * 9110 section 8.4).
 */
export const soundHeads = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', (request, _reply, done) => done(faultOf(request.raw)));
});

/** A list of codings (RFC 9110 section 5.6.1), which may be empty. */
const NOT_PACKED = /^[\s,]*(?:identity(?:[\s,]+|$))*$/i;

function faultOf({ method, headers, rawHeaders }: IncomingMessage): Problem | undefined {
  const { 'transfer-encoding': transfer = 'chunked', 'content-encoding': content = 'identity' } = headers;
  if (transfer.toLowerCase() !== 'chunked' || isTwice(rawHeaders))
    return new Problem('bad_request', { headers: { connection: 'close' } });
  if (method === 'GET' || method === 'HEAD' || NOT_PACKED.test(content)) return undefined;
  return new Problem('unsupported_media_type', { headers: { 'accept-encoding': 'identity' } });
}

/** Of these the first counts, where there are several; somebody on the way may have looked at another. */
const ONCE = new Set(['host', 'authorization', 'content-type']);

/** @param fields names and values, in turn */
function isTwice(fields: readonly string[]): boolean {
  const seen = new Set<string>();
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at]!.toLowerCase();
    if (!ONCE.has(name)) continue;
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}
