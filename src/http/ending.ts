import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Entrance } from './overload.ts';

/** How long requests in flight may take when the service is asked to end. */
const PATIENCE_MS = 12_000;

/**
 * Ends without losing an answer: what is in flight is answered, and sent to its last byte, before connections are
 * closed; Node would cut an answer that is written but not yet sent. Whoever is answered meanwhile is told that the
 * connection ends.
 */
export const ending = fp(async (app: FastifyInstance, { whenEmpty }: Pick<Entrance, 'whenEmpty'>) => {
  let closing = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    closing = true;
    const patience = new AbortController();
    await Promise.race([whenEmpty(), delay(PATIENCE_MS, undefined, { signal: patience.signal })]);
    patience.abort();
  });
});
