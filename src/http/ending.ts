import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Entrance } from './overload.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What the service does when it is asked to end, at once, beside waiting for requests. */
    whileEnding(finish: () => Promise<void>): void;
  }
}

/** How long requests in flight, and whatever is done meanwhile, may take when the service is asked to end. */
const PATIENCE_MS = 15_000;

/** By then that is over; the process is given more, for its database. */
export const ENDING_MS = PATIENCE_MS + 2_000;

/**
 * Ends without losing an answer: what is in flight is answered, and sent to its last byte, before connections are
 * closed; Node would cut an answer that is written but not yet sent. Whoever is answered meanwhile is told that the
 * connection ends. Then all connections are closed: one that has sent half a head, or nothing, would hold the service.
 */
export const ending = fp(async (app: FastifyInstance, { whenEmpty }: Pick<Entrance, 'whenEmpty'>) => {
  const finishing: (() => Promise<void>)[] = [];
  app.decorate('whileEnding', (finish: () => Promise<void>) => void finishing.push(finish));
  let closing = false;
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
  // One hook for all: hooks run one after another, and imports must end for their uploads to be answered.
  app.addHook('preClose', async () => {
    closing = true;
    const patience = new AbortController();
    const finished = Promise.all([...finishing.map((finish) => finish()), whenEmpty()]);
    await Promise.race([finished, delay(PATIENCE_MS, undefined, { signal: patience.signal })]);
    patience.abort();
    app.server.closeAllConnections();
  });
});
