import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from './problem.ts';

/**
 * Limits each client (or address, where there is no client) per minute and process, with the headers of the IETF
 * draft on rate limits. The hard limit of a deployment belongs into its gateway.
 */
export const rateLimits = fp(async (app: FastifyInstance, options: { perMinute: number }) => {
  await app.register(rateLimit, {
    max: options.perMinute,
    timeWindow: 60_000,
    cache: 10_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.actor?.client ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('too_many_requests', { headers: { 'retry-after': String(Math.ceil(ttl / 1000)) } }),
  });
  app.addHook('onSend', async (_request, reply) => {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => {
      const value = reply.getHeader(`ratelimit-${name}`);
      reply.removeHeader(`ratelimit-${name}`);
      return value;
    });
    if (limit === undefined) return;
    reply.header('ratelimit-policy', `"default";q=${limit};w=60`);
    reply.header('ratelimit', `"default";r=${remaining};t=${reset}`);
  });
});
