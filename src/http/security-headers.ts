import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import helmet from 'helmet';

/** Headers that keep a browser from doing with an answer what it is not for. */
export const securityHeaders = fp(async (app: FastifyInstance) => {
  const headers = await helmetHeaders();
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
});

/** None of them depends on the request: helmet is asked once, not for every answer. */
async function helmetHeaders(): Promise<Record<string, string>> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  await new Promise<void>((resolve, reject) => {
    helmet({ contentSecurityPolicy: false })(request, response, (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return response.getHeaders() as Record<string, string>;
}
