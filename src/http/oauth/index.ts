import type { Server } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Deps } from '#src/deps.ts';
import { SCOPES } from '../actor.ts';
import { issuerOf } from '../tokens.ts';
import { ASSERTION_ALGORITHMS, AUTHENTICATION_METHODS, createProvider } from './provider.ts';
import { IssuerMetadata, JwkSet, TokenGranted, TokenRefused, TokenRequestForm } from './schemas.ts';
import { tokenEndpoint } from './token-endpoint.ts';

const LARGEST_FORM = 16 * 1024;
const FORM = 'application/x-www-form-urlencoded';

/**
 * The service as issuer of its own tokens: `POST /oauth/token` (RFC 6749 section 4.4), its keys and its metadata
 * (RFC 8414). Attempts are limited by the global limit per address; a secret of 256 bits needs no limit of its own.
 */
export async function registerOAuth(
  app: FastifyInstance,
  deps: Pick<Deps, 'config' | 'database' | 'keys' | 'clock'>,
) {
  const issuer = issuerOf(deps.config);
  const endpoint = `${issuer}/oauth/token`;
  const audiences = () =>
    new Set([issuer, endpoint, ...(deps.config.PUBLIC_URL ? [] : localEndpoints(app.server.address()))]);
  const answer = tokenEndpoint(createProvider(deps, issuer, audiences), endpoint);
  const tags = ['callers'];
  /** Where the caller reaches the service: without PUBLIC_URL only the caller knows. */
  const base = ({ protocol, host }: FastifyRequest) =>
    deps.config.PUBLIC_URL ? issuer : (URL.parse(`${protocol}://${host}`)?.origin ?? issuer);

  await app.register(async (form) => {
    form.removeAllContentTypeParsers();
    form.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    form.setErrorHandler((error: FastifyError, request, reply) => {
      if (!error.code?.startsWith('FST_ERR_CTP_')) throw error;
      request.log.info({ code: error.code }, 'token refused');
      return reply
        .status(error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? 413 : 400)
        .header('cache-control', 'no-store')
        .type('application/json')
        .serializer(JSON.stringify)
        .send({ error: 'invalid_request', error_description: 'the form cannot be read' });
    });
    form.route({
      method: 'POST',
      url: '/oauth/token',
      bodyLimit: LARGEST_FORM,
      config: { access: 'public' },
      // oidc-provider reads the form, and refuses it in the words of RFC 6749.
      validatorCompiler: () => () => true,
      schema: {
        operationId: 'issueToken',
        tags,
        summary: 'Get an access token for a client',
        consumes: [FORM],
        security: [{ client: [] }, {}],
        body: TokenRequestForm,
        response: { 200: TokenGranted, 400: TokenRefused, 401: TokenRefused, 413: TokenRefused },
      },
      async handler(request, reply) {
        const { authorization, 'content-type': contentType } = request.headers;
        const { status, headers, body, reason } = await answer({
          ...(authorization !== undefined && { authorization }),
          ...(contentType !== undefined && { contentType }),
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        });
        if (status !== 200) request.log.info({ error: body.error, reason }, 'token refused');
        return reply
          .status(status)
          .headers(headers)
          .type('application/json')
          .serializer(JSON.stringify)
          .send(body);
      },
    });
  });

  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/.well-known/jwks.json',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getSigningKeys',
        tags,
        summary: 'Public keys that verify tokens and receipts',
        response: { 200: JwkSet },
      },
    },
    async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=600').send(deps.keys.publicJwks()),
  );
  routes.get(
    '/.well-known/oauth-authorization-server',
    {
      config: { access: 'public' },
      schema: {
        operationId: 'getIssuerMetadata',
        tags,
        summary: 'The service as issuer of tokens (RFC 8414)',
        response: { 200: IssuerMetadata },
      },
    },
    async (request) => ({
      issuer,
      token_endpoint: `${base(request)}/oauth/token`,
      jwks_uri: `${base(request)}/.well-known/jwks.json`,
      scopes_supported: [...SCOPES],
      response_types_supported: [],
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
      token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    }),
  );
}

/**
 * The addresses of the token endpoint that a client on the same machine calls, where the service can be reached from
 * nowhere else. They come from the socket: with a Host header of the caller's choice, an assertion that was made for
 * another server would be taken.
 */
function localEndpoints(listening: ReturnType<Server['address']>): string[] {
  if (listening === null || typeof listening === 'string') return [];
  const { address, port } = listening;
  if (address !== '127.0.0.1' && address !== '::1') return [];
  return ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${port}/oauth/token`);
}
