import { decodeJwt, errors } from 'jose';
import { z } from 'zod';
import type { Config } from '#src/config.ts';
import type { Database } from '#src/db/index.ts';
import type { Actor } from './actor.ts';
import { openCallers } from './callers.ts';
import { externalTokens } from './external-tokens.ts';
import { compactHeader } from './jws.ts';
import type { Keys } from './keys.ts';
import { ownTokens } from './own-tokens.ts';
import { Problem } from './problem.ts';
import { Recent } from './recent.ts';
import type { TokenSource, VerifiedToken } from './token-source.ts';

export { AUDIENCE, issuerOf, issueToken, type TokenClaims } from './own-tokens.ts';

export type TokenVerifier = {
  /** The caller that an access token names; throws 401 without a reason, and 503 where that cannot be known now. */
  verify(jwt: string): Promise<Actor>;
  /** Whether its signature has been checked: what nobody has checked yet may be made up. */
  isVerified(jwt: string): boolean;
  /** Has a client looked up anew, as when it was revoked. */
  forget(clientId: string): void;
};

type Settings = { config: Config; keys: Keys; database: Database; clock: () => Date; issuer: string };

const REMEMBERED_TOKENS = 5_000;

/**
 * Verifies access tokens (RFC 9068) of the service itself and of the external issuer, where one is set. A token's
 * signature is checked once, and the outcome kept while the token lives and is among the last few thousand used.
 */
export function createTokenVerifier({ config, keys, database, clock, issuer }: Settings): TokenVerifier {
  const callers = openCallers(database, clock);
  const sources = new Map<unknown, TokenSource>([[issuer, ownTokens({ keys, issuer, clock, callers })]]);
  if (config.OIDC_ISSUER !== undefined && config.OIDC_AUDIENCE !== undefined) {
    const { OIDC_ISSUER, OIDC_AUDIENCE } = config;
    sources.set(
      OIDC_ISSUER,
      externalTokens({ issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, clock, callers }),
    );
  }
  const known = new Recent<string, VerifiedToken>(REMEMBERED_TOKENS);

  async function verifyAnew(jwt: string): Promise<VerifiedToken> {
    known.delete(jwt);
    if (!compactHeader(jwt)) throw unauthorized();
    try {
      const source = sources.get(decodeJwt(jwt).iss);
      if (!source) throw unauthorized();
      const token = await source(jwt);
      known.set(jwt, token);
      return token;
    } catch (error) {
      throw error instanceof errors.JOSEError || error instanceof z.ZodError ? unauthorized() : error;
    }
  }

  return {
    async verify(jwt) {
      const remembered = known.get(jwt);
      const current = remembered !== undefined && clock().getTime() < remembered.expiresAt;
      const actor = await (current ? remembered : await verifyAnew(jwt)).actor();
      if (!actor) throw unauthorized();
      return actor;
    },
    isVerified: (jwt) => known.has(jwt),
    forget: callers.forget,
  };
}

function unauthorized(): Problem {
  return new Problem('unauthorized', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
}
