import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Config } from '#src/config.ts';
import { type Actor, AGENCY_KINDS, type AgencyKind, type Scope } from './actor.ts';
import type { Callers } from './callers.ts';
import type { Keys } from './keys.ts';
import type { TokenSource } from './token-source.ts';

/** Audience of the tokens that this service issues (RFC 9068 section 2.2). */
export const AUDIENCE = 'urn:patuh:api';
/** Names the service as issuer where PUBLIC_URL does not; nothing has to answer there. */
const LOGICAL_ISSUER = 'https://patuh.localhost';

type Minting = { keys: Keys; issuer: string; clock: () => Date };

/** The issuer of the service's own tokens; the same for every process, whatever address it listens on. */
export function issuerOf({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>): string {
  return PUBLIC_URL?.replace(/\/+$/, '') ?? LOGICAL_ISSUER;
}

/** What a token of ours says about its caller. */
export type TokenClaims = {
  agency: string;
  kind: AgencyKind;
  regions: readonly string[];
  scopes: readonly Scope[];
  sub: string;
  clientId: string;
  /** Of kind `employer`: the one employer that the caller sees. */
  employerId?: string;
  ttlSeconds: number;
};

/** An access token of the service itself (RFC 9068 section 2). */
export function issueToken(
  { keys, issuer, clock }: Minting,
  { agency, kind, regions, scopes, sub, clientId, employerId, ttlSeconds }: TokenClaims,
): Promise<string> {
  const now = Math.floor(clock().getTime() / 1000);
  const { alg, kid, key } = keys.tokenKey;
  const claims = {
    agency,
    agency_kind: kind,
    regions,
    ...(employerId !== undefined && { employer: employerId }),
  };
  return new SignJWT({ ...claims, client_id: clientId, scope: scopes.join(' ') })
    .setProtectedHeader({ alg, typ: 'at+jwt', kid })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject(sub)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + ttlSeconds)
    .sign(key);
}

/** Clients of the command line; they stand in no table, and end with their token. */
const COMMAND_LINE = 'cli:';

const OwnClaims = z
  .object({
    exp: z.number(),
    iat: z.number(),
    jti: z.string(),
    sub: z.string().min(1).max(255),
    client_id: z.string().min(1),
    scope: z.string().default(''),
    agency: z.string().min(1),
    agency_kind: z.enum(AGENCY_KINDS),
    regions: z.array(z.string()),
    employer: z.string().optional(),
  })
  .refine((claims) => (claims.agency_kind === 'employer') === (claims.employer !== undefined));

/** Tokens that the service issued itself: trusted as signed, unless their client has been revoked since. */
export function ownTokens({ keys, issuer, clock, callers }: Minting & { callers: Callers }): TokenSource {
  const keySet = createLocalJWKSet(keys.publicJwks('token'));
  return async (jwt) => {
    const expected = {
      issuer,
      audience: AUDIENCE,
      typ: 'at+jwt',
      algorithms: ['EdDSA'],
      currentDate: clock(),
    };
    const claims = OwnClaims.parse((await jwtVerify(jwt, keySet, expected)).payload);
    const actor: Actor = {
      client: claims.client_id,
      agency: claims.agency,
      kind: claims.agency_kind,
      regions: claims.regions,
      scopes: new Set(claims.scope.split(' ').filter(Boolean)),
      sub: claims.sub,
      ...(claims.employer !== undefined && { employerId: claims.employer }),
    };
    return {
      expiresAt: claims.exp * 1000,
      async actor() {
        if (actor.client.startsWith(COMMAND_LINE)) return actor;
        return (await callers.client(actor.client))?.revoked ? undefined : actor;
      },
    };
  };
}
