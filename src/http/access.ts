import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Deps } from '#src/deps.ts';
import { type Actor, type AgencyKind, insufficientScope, requireKind, type Scope } from './actor.ts';
import { Problem } from './problem.ts';

/**
 * Who may call a route: anyone, any caller with a token (no scope named), or one with any of the scopes; where `kinds`
 * are named, of an agency of one of them only.
 */
export type Access = 'public' | { anyOf: readonly Scope[]; kinds?: readonly AgencyKind[] };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** Authenticates every route by its declared access; a route that declares none cannot be registered. */
export const accessControl = fp(async (app: FastifyInstance, deps: Deps) => {
  app.decorateRequest('actor', null);
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined)
      throw new Error(`${route.method} ${route.url} declares no access`);
  });
  app.addHook('onRequest', async (request, reply) => {
    try {
      await admit(deps, request);
    } finally {
      // Who is refused is counted as well, by address: guessing tokens is no way around the limit.
      await app.countRequest(request, reply);
    }
  });
});

async function admit(deps: Deps, request: FastifyRequest): Promise<void> {
  const access = request.routeOptions.config.access;
  if (request.is404 || access === undefined || access === 'public') return;
  const actor = await deps.tokens.verify(bearerToken(request));
  request.actor = actor;
  if (access.anyOf.length > 0 && !access.anyOf.some((scope) => actor.scopes.has(scope))) {
    throw insufficientScope(access.anyOf);
  }
  if (access.kinds) requireKind(actor, access.kinds);
}

/** The caller of a route that is not public. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error('the route is public and has no caller');
  return request.actor;
}

/** RFC 6750 section 2.1. */
function bearerToken(request: FastifyRequest): string {
  const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('unauthorized', { headers: { 'www-authenticate': 'Bearer' } });
  return token;
}
