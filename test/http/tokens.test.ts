import { createHmac, generateKeyPairSync } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { decodeJwt, decodeProtectedHeader, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '#src/db/index.ts';
import { MEMORY_MS } from '#src/http/callers.ts';
import { AUDIENCE } from '#src/http/tokens.ts';
import { CLERK, type Issuer, openIssuer, REFUSED } from './issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await openIssuer();
});
afterAll(() => issuer.close());

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of ours with other claims, or another header. */
async function forge(claims: JWTPayload, header: object = {}, key = issuer.keys.tokenKey): Promise<string> {
  const payload = { ...decodeJwt(await issuer.issue()), ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid, ...header })
    .sign(key.key);
}

describe('tokens of the service itself', () => {
  test('name the caller', async () => {
    expect(await issuer.tokens.verify(await issuer.issue())).toEqual({
      client: 'cli:disnaker-diy',
      agency: 'disnaker-diy',
      kind: 'labour_office',
      regions: ['34'],
      scopes: new Set(['registry:read', 'checks:create']),
      sub: 'budi',
    });
  });

  test('bind an employer to itself', async () => {
    const employerId = '01a1fb23-d28a-7000-b2ef-f95c39ae183a';
    const jwt = await issuer.issue({ kind: 'employer', regions: [], employerId });
    expect(await issuer.tokens.verify(jwt)).toMatchObject({ kind: 'employer', employerId });
  });

  test('follow RFC 9068', async () => {
    const jwt = await issuer.issue();
    expect(decodeProtectedHeader(jwt)).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      kid: issuer.keys.tokenKey.kid,
    });
    const claims = decodeJwt(jwt);
    expect(claims).toMatchObject({
      iss: issuer.issuer,
      aud: AUDIENCE,
      client_id: CLERK.clientId,
      sub: 'budi',
    });
    expect(claims.exp! - claims.iat!).toBe(CLERK.ttlSeconds);
  });

  test.each<[string, () => Promise<string>]>([
    ['of another issuer', () => forge({ iss: 'https://elsewhere.example' })],
    ['for another audience', () => forge({ aud: 'urn:other:api' })],
    ['of another type', () => forge({}, { typ: 'JWT' })],
    ['signed with the key for receipts', () => forge({}, {}, issuer.keys.receiptKey)],
    ['without an end', () => forge({ exp: undefined })],
    ['without a client', () => forge({ client_id: undefined })],
    ['with regions that are no text', () => forge({ regions: [34] })],
    ['with regions that are no list', () => forge({ regions: '34' })],
    ['of a kind that there is not', () => forge({ agency_kind: 'president' })],
    ['of an employer without its employer', () => forge({ agency_kind: 'employer' })],
    ['of an office with an employer', () => forge({ employer: '01a1fb23-d28a-7000-b2ef-f95c39ae183a' })],
    [
      'signed with another key under our key id',
      () => forge({}, {}, { ...issuer.keys.tokenKey, key: generateKeyPairSync('ed25519').privateKey }),
    ],
    [
      'that says alg none',
      async () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${(await issuer.issue()).split('.')[1]}.`,
    ],
    [
      'that takes the public key for a shared secret',
      async () => {
        const { kid, key } = issuer.keys.tokenKey;
        const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid })}.${(await issuer.issue()).split('.')[1]}`;
        const secret = Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url');
        return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      },
    ],
    ['that is no token', async () => 'not-a-token'],
    ['that is empty', async () => ''],
  ])('are refused: one %s', async (_name, jwt) => {
    await expect(issuer.tokens.verify(await jwt())).rejects.toMatchObject(REFUSED);
  });

  test('are refused with any character changed, also in the spare bits of the signature', async () => {
    const jwt = await issuer.issue();
    await issuer.tokens.verify(jwt);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const at of [2, jwt.indexOf('.') + 5, jwt.length - 20, jwt.length - 1]) {
      const other = alphabet[(alphabet.indexOf(jwt[at]!) + 1) % 64];
      const changed = jwt.slice(0, at) + other + jwt.slice(at + 1);
      await expect(issuer.tokens.verify(changed), `position ${at}`).rejects.toMatchObject(REFUSED);
    }
  });

  test('end by the clock, also when they were used before', async () => {
    const jwt = await issuer.issue({ ttlSeconds: 60 });
    issuer.pass(59);
    await issuer.tokens.verify(jwt);
    issuer.pass(1);
    await expect(issuer.tokens.verify(jwt)).rejects.toMatchObject(REFUSED);
  });
});

describe('a client that is revoked', () => {
  test('is refused some seconds later, whether its token was used before or not', async () => {
    await issuer.addAgency('pupr', 'procurement_unit', ['34.04']);
    await issuer.addClient('lpse', { agencyCode: 'pupr' });
    const [used, unused] = await Promise.all(
      [1, 2].map(() => issuer.issue({ agency: 'pupr', clientId: 'lpse' })),
    );
    expect(await issuer.tokens.verify(used!)).toMatchObject({ client: 'lpse' });
    await issuer.database.orm
      .update(clients)
      .set({ revokedAt: issuer.clock() })
      .where(eq(clients.clientId, 'lpse'));
    expect(await issuer.tokens.verify(used!), 'remembered').toMatchObject({ client: 'lpse' });
    issuer.pass(MEMORY_MS / 1000);
    await expect(issuer.tokens.verify(used!)).rejects.toMatchObject(REFUSED);
    await expect(issuer.tokens.verify(unused!)).rejects.toMatchObject(REFUSED);
  });
});
