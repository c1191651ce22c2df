import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect } from 'vitest';
import { failures } from '#src/http/failures.ts';
import { registerOAuth } from '#src/http/oauth/index.ts';

export const FORM = 'application/x-www-form-urlencoded';
export const GRANT = 'grant_type=client_credentials';
export const REFUSED_CLIENT = { status: 401, body: { error: 'invalid_client' } };

/** An instance of the service with nothing but its token endpoint. */
export async function tokenApp(deps: Parameters<typeof registerOAuth>[1]): Promise<FastifyInstance> {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(failures);
  await app.register(registerOAuth, deps);
  return app;
}

/** Posts a form; whatever the answer, it is JSON that nobody keeps (RFC 6749 section 5). */
export async function post(app: FastifyInstance, payload: string, headers: Record<string, string> = {}) {
  const sent = { 'content-type': FORM, ...headers };
  const answer = await app.inject({ method: 'POST', url: '/oauth/token', headers: sent, payload });
  expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': /^application\/json/ });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
}
