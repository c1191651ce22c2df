import { type IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type Provider from 'oidc-provider';

/** What the token endpoint reads of a request. */
export type TokenRequest = { authorization?: string; contentType?: string; body: Buffer };

export type TokenAnswer = {
  status: 200 | 400 | 401;
  headers: Record<string, string>;
  /** As RFC 6749 sections 5.1 and 5.2 say. */
  body: Record<string, unknown>;
  /** Why a client was refused; for the log only. */
  reason?: string;
};

/** Collects what oidc-provider answers, so that Fastify writes it with the headers of every other route. */
class Collected extends ServerResponse {
  body: unknown;
  reason: string | undefined;
  failure: Error | undefined;
}

const HEADERS = ['cache-control', 'www-authenticate'];

/**
 * The token endpoint, at its own address, as a function. The provider sees a request of its own, without the Host
 * header of the caller. What is not the client's fault is thrown.
 */
export function tokenEndpoint(
  provider: Provider,
  url: string,
): (request: TokenRequest) => Promise<TokenAnswer> {
  provider.use(async (ctx, next) => {
    ctx.respond = false;
    await next();
    (ctx.res as Collected).body = ctx.body;
  });
  provider.on('grant.error', (ctx, error) => {
    (ctx.res as Collected).reason = error.error_detail;
  });
  provider.on('server_error', (ctx, error) => {
    (ctx.res as Collected).failure = error;
  });
  const handle = provider.callback();
  return async ({ authorization, contentType, body }) => {
    const request = Object.assign(Readable.from(body.length > 0 ? [body] : []), {
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-length': String(body.length),
        ...(authorization !== undefined && { authorization }),
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
      socket: {},
    }) as unknown as IncomingMessage;
    const answer = new Collected(request);
    await handle(request, answer);
    if (answer.failure) throw answer.failure;
    const headers = HEADERS.flatMap((name) => {
      const value = answer.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    });
    return {
      status: answer.statusCode as TokenAnswer['status'],
      headers: Object.fromEntries(headers),
      body: answer.body as Record<string, unknown>,
      ...(answer.reason !== undefined && { reason: answer.reason }),
    };
  };
}
