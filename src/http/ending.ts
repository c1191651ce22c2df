import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** How long requests in flight may take when the service is asked to end. */
const PATIENCE_MS = 12_000;

/**
 * Ends without losing an answer: what is in flight is answered, and sent to its last byte, before connections are
 * closed; Node would cut an answer that is written but not yet sent. Whoever is answered meanwhile is told that the
 * connection ends.
 */
export const ending = fp(async (app: FastifyInstance) => {
  let closing = false;
  const open = new Set<object>();
  const emptied = Promise.withResolvers<void>();
  app.addHook('onRequest', async (_request, reply) => {
    open.add(reply);
    const done = () => {
      open.delete(reply);
      if (closing && open.size === 0) emptied.resolve();
    };
    reply.raw.once('finish', done);
    reply.raw.once('close', done);
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('preClose', async () => {
    closing = true;
    if (open.size === 0) return;
    const patience = new AbortController();
    await Promise.race([emptied.promise, delay(PATIENCE_MS, undefined, { signal: patience.signal })]);
    patience.abort();
  });
});
