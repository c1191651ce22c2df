import Provider, { type Client, type Context, errors, type Token } from 'oidc-provider';
import type { Deps } from '#src/deps.ts';
import { SCOPES } from '../actor.ts';
import { isSecret } from '../client-secret.ts';
import { AUDIENCE } from '../tokens.ts';
import { adapterOf } from './adapter.ts';

/** What clients can authenticate with; symmetric keys are not among them (RFC 8725 section 3.1). */
export const ASSERTION_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256'];
export const AUTHENTICATION_METHODS = ['client_secret_basic', 'private_key_jwt'];

const TOKEN_SECONDS = 30 * 60;
const CLOCK_TOLERANCE_SECONDS = 5;
const LONGEST_ASSERTION_SECONDS = 60 * 60;

/**
 * oidc-provider, set to one grant: client credentials (RFC 6749 section 4.4) for JWT access tokens (RFC 9068) to this
 * service. What else it can do is switched off, or has no route. `audiences` are those that an assertion may name.
 */
export function createProvider(
  deps: Pick<Deps, 'database' | 'keys' | 'clock'>,
  issuer: string,
  audiences: () => Set<string>,
): Provider {
  const { kid, alg, key } = deps.keys.tokenKey;
  const seconds = () => Math.floor(deps.clock().getTime() / 1000);
  const provider = new Provider(issuer, {
    adapter: adapterOf(deps.database, deps.clock),
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid, alg, use: 'sig' }] },
    scopes: [...SCOPES],
    routes: { token: `${new URL(issuer).pathname.replace(/\/$/, '')}/oauth/token` },
    responseTypes: [],
    clientAuthMethods: AUTHENTICATION_METHODS,
    enabledJWA: { clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS] },
    clientDefaults: {
      grant_types: ['client_credentials'],
      response_types: [],
      id_token_signed_response_alg: alg,
    },
    extraClientMetadata: { properties: ['caller'] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: resourceServer,
      },
    },
    ttl: { ClientCredentials: TOKEN_SECONDS },
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    extraTokenClaims: (_ctx: Context, token: Token) => token.client.caller,
    formats: {
      customizers: {
        jwt(_ctx: Context, _token: Token, { payload }: { payload: Record<string, unknown> }) {
          Object.assign(payload, { iat: seconds(), exp: seconds() + TOKEN_SECONDS });
        },
      },
    },
    assertJwtClientAuthClaimsAndHeader(_ctx: Context, { exp }: { exp: number }) {
      // Its id is remembered until then.
      if (exp > seconds() + LONGEST_ASSERTION_SECONDS) throw new errors.InvalidClientAuth('expires too late');
    },
  });
  provider.Client.prototype.compareClientSecret = function (this: Client, secret) {
    return isSecret(secret, this.clientSecret ?? '');
  };
  // The library would take them from the address of the request.
  provider.OIDCContext.prototype.clientJwtAuthExpectedAudience = audiences;
  return provider;
}

/** Of the scopes asked for, those of the client; all of its own where none is asked for (RFC 6749 section 3.3). */
function resourceServer(ctx: Context, resource: string, { scope }: Client) {
  if (resource !== AUDIENCE) throw new errors.InvalidTarget();
  const { params } = ctx.oidc;
  params.scope ??= scope;
  const own = new Set(scope.split(' '));
  const foreign = params.scope.split(' ').find((asked) => !own.has(asked));
  if (foreign !== undefined) throw new errors.InvalidScope('requested scope is not allowed', foreign);
  return { scope, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'EdDSA' } } };
}
