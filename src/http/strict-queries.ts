import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { z } from 'zod';

const NOTHING = z.strictObject({});

/** Routes of the API that declare no query refuse one, as bodies refuse unknown fields. */
export const strictQueries = fp(async (app: FastifyInstance) => {
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/v1/')) route.schema = { querystring: NOTHING, ...route.schema };
  });
});
