import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { type Actor, SCOPES } from './actor.ts';
import { type Callers, isPossibleId } from './callers.ts';
import { Problem } from './problem.ts';
import type { TokenSource } from './token-source.ts';

type Settings = { issuer: string; audience: string; clock: () => Date; callers: Callers };

const ALGORITHMS = [
  ...['EdDSA', 'Ed25519', 'ES256', 'ES384', 'ES512'],
  ...['PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'],
];
const CLOCK_TOLERANCE_SECONDS = 5;
const TIMEOUT_MS = 5_000;
/** Names that only this service gives to callers that stand in no table. */
const OUR_NAMES = /^(cli|agency):/;

const Claims = z.object({
  exp: z.number(),
  sub: z.string().min(1).max(255).refine(isPossibleId),
  client_id: z.string().refine(isPossibleId).optional(),
  azp: z.string().refine(isPossibleId).optional(),
  agency: z.string().optional(),
  scope: z.string().default(''),
});
type Claims = z.infer<typeof Claims>;

/** What discovery says (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2). */
const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * Tokens of an external issuer, signed with an asymmetric key of its key set. The keys are fetched at the first
 * token, again when they are old, and when a token names one that is not known, at most twice a minute. Where they
 * cannot be had, the answer is 503: the token may well be good.
 */
export function externalTokens({ issuer, audience, clock, callers }: Settings): TokenSource {
  let discovered: Promise<JWTVerifyGetKey> | undefined;
  const keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      discovered ??= discover(issuer);
      return await (await discovered.catch(forget))(header, token);
    } catch (error) {
      const atFault = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];
      throw atFault.some((kind) => error instanceof kind) ? error : unavailable();
    }
  };
  function forget(error: unknown): never {
    discovered = undefined;
    throw error;
  }
  return async (jwt) => {
    const { payload } = await jwtVerify(jwt, keyOf, {
      issuer,
      audience,
      typ: 'at+jwt',
      algorithms: ALGORITHMS,
      currentDate: clock(),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    const claims = Claims.parse(payload);
    return { expiresAt: claims.exp * 1000, actor: () => actorOf(claims, callers) };
  };
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const document = Discovery.parse(await response.json());
  // RFC 8414 section 3.3: a document of another issuer must not be used.
  if (document.issuer !== issuer) throw new Error(`${url} is of another issuer`);
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

/** By our tables: a known client with at most its own scopes, else whoever the issuer places in a known agency. */
async function actorOf(claims: Claims, callers: Callers): Promise<Actor | undefined> {
  const asked = claims.scope.split(' ');
  const clientId = claims.client_id ?? claims.azp;
  const client = clientId === undefined ? undefined : await callers.client(clientId);
  const agency =
    client?.agency ?? (claims.agency === undefined ? undefined : await callers.agency(claims.agency));
  if (!agency || client?.revoked) return undefined;
  // What is kept for one caller would be replayed to another of the same name.
  if (!client && OUR_NAMES.test(clientId ?? '')) return undefined;
  // Without a client of ours nothing binds the caller to one employer.
  if (agency.kind === 'employer' && client?.employerId === undefined) return undefined;
  const allowed: readonly string[] = client?.scopes ?? SCOPES;
  return {
    client: clientId ?? `agency:${agency.code}`,
    agency: agency.code,
    kind: agency.kind,
    regions: agency.regions,
    scopes: new Set(allowed.filter((scope) => asked.includes(scope))),
    sub: claims.sub,
    ...(client?.employerId !== undefined && { employerId: client.employerId }),
  };
}

function unavailable(): Problem {
  return new Problem('unavailable', {
    detail: {
      id: 'Kunci penerbit token tidak dapat diambil saat ini.',
      en: 'The keys of the token issuer cannot be fetched now.',
    },
    headers: { 'retry-after': '5' },
  });
}
