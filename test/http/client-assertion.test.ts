import { createHmac, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Issuer, openIssuer } from './issuer.ts';
import { GRANT, post, REFUSED_CLIENT, tokenApp } from './token-app.ts';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const PUBLIC_URL = 'https://patuh.example/api';
const ENDPOINT = `${PUBLIC_URL}/oauth/token`;
const EMPLOYER = '01a1fb23-d28a-7000-b2ef-f95c39ae183a';

let issuer: Issuer;
let app: FastifyInstance;
let other: FastifyInstance;
let key: CryptoKey;
let publicKey: CryptoKey;
beforeAll(async () => {
  issuer = await openIssuer({ PUBLIC_URL }, Date.now());
  ({ privateKey: key, publicKey } = await generateKeyPair('ES256', { extractable: true }));
  await issuer.addAgency('pt-maju', 'employer', []);
  const jwks = { keys: [await exportJWK(publicKey)] };
  await issuer.addClient('signer', { agencyCode: 'pt-maju', employerId: EMPLOYER, jwks });
  [app, other] = await Promise.all([tokenApp(issuer), tokenApp(issuer)]);
});
afterAll(async () => {
  await Promise.all([app.close(), other.close()]);
  await issuer.close();
});

function assertion(claims: JWTPayload = {}, signer = key): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const standard = {
    iss: 'signer',
    sub: 'signer',
    aud: ENDPOINT,
    iat: now,
    exp: now + 60,
    jti: randomUUID(),
  };
  return new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(signer);
}

function resigned(jwt: string, header: object, sign: (signed: string) => string): string {
  const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${jwt.split('.')[1]}`;
  return `${signed}.${sign(signed)}`;
}

const withAssertion = (jwt: string, to = app, headers = {}) =>
  post(
    to,
    `${GRANT}&client_assertion_type=${encodeURIComponent(ASSERTION)}&client_assertion=${jwt}`,
    headers,
  );

describe('a client with a key', () => {
  test('gets a token that is bound to its employer', async () => {
    const { status, body } = await withAssertion(await assertion());
    expect(status).toBe(200);
    expect(await issuer.tokens.verify(body.access_token)).toMatchObject({
      ...{ client: 'signer', agency: 'pt-maju', kind: 'employer', regions: [], employerId: EMPLOYER },
    });
  });

  test('may name the issuer as audience', async () => {
    expect(await withAssertion(await assertion({ aud: PUBLIC_URL }))).toMatchObject({ status: 200 });
  });

  test('uses an assertion once, wherever it goes', async () => {
    const jwt = await assertion();
    expect(await withAssertion(jwt)).toMatchObject({ status: 200 });
    expect(await withAssertion(jwt)).toMatchObject(REFUSED_CLIENT);
    expect(await withAssertion(jwt, other)).toMatchObject(REFUSED_CLIENT);
    const raced = await assertion();
    const answers = await Promise.all([app, other, app, other].map((each) => withAssertion(raced, each)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  test.each<[string, () => Promise<string>]>([
    ['has expired', () => assertion({ exp: Math.floor(Date.now() / 1000) - 30 })],
    ['does not expire', () => assertion({ exp: undefined })],
    ['lives for a day', () => assertion({ exp: Math.floor(Date.now() / 1000) + 86_400 })],
    ['is for another server', () => assertion({ aud: 'https://elsewhere.example/oauth/token' })],
    ['has no id', () => assertion({ jti: undefined })],
    ['is of another client', () => assertion({ iss: 'basic', sub: 'basic' })],
    ['is issued by another client', () => assertion({ iss: 'basic' })],
    ['is signed with another key', async () => assertion({}, (await generateKeyPair('ES256')).privateKey)],
    ['says alg none', async () => resigned(await assertion(), { alg: 'none' }, () => '')],
    [
      'takes the public key for a shared secret',
      async () => {
        const { x } = await exportJWK(publicKey);
        return resigned(await assertion(), { alg: 'HS256' }, (signed) =>
          createHmac('sha256', Buffer.from(x!, 'base64url')).update(signed).digest('base64url'),
        );
      },
    ],
  ])('is refused when the assertion %s', async (_name, jwt) => {
    expect(await withAssertion(await jwt())).toMatchObject(REFUSED_CLIENT);
  });

  test('cannot be impersonated with an assertion for the server that the Host header names', async () => {
    const jwt = await assertion({ aud: 'http://elsewhere.example/oauth/token' });
    expect(await withAssertion(jwt, app, { host: 'elsewhere.example' })).toMatchObject(REFUSED_CLIENT);
  });
});
