import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a request for its client; throws 429 where it is one too many. */
    countRequest(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  }
}

const WINDOW_SECONDS = 60;

/**
 * Limits each client (or address, where there is no client) per minute and process, with the headers of the IETF
 * draft on rate limits. The hard limit of a deployment belongs into its gateway.
 */
export const rateLimits = fp(async (app: FastifyInstance, { perMinute }: { perMinute: number }) => {
  await app.register(rateLimit, {
    global: false,
    max: perMinute,
    timeWindow: WINDOW_SECONDS * 1000,
    cache: 10_000,
    keyGenerator: (request) => request.actor?.client ?? request.ip,
  });
  const count = app.createRateLimit();
  app.decorate('countRequest', async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed) return;
    reply.header('ratelimit-policy', `"default";q=${perMinute};w=${WINDOW_SECONDS}`);
    reply.header('ratelimit', `"default";r=${counted.remaining};t=${counted.ttlInSeconds}`);
    if (counted.isExceeded) {
      throw new Problem('too_many_requests', { headers: { 'retry-after': String(counted.ttlInSeconds) } });
    }
  });
});
