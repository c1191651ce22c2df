import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#src/config.ts';
import { clients, openDatabase } from '#src/db/index.ts';
import { openCallers } from '#src/http/callers.ts';
import { hashSecret, newSecret } from '#src/http/client-secret.ts';
import { issuerOf } from '#src/http/tokens.ts';
import { type Issuer, openIssuer, REFUSED } from './issuer.ts';
import { FORM, GRANT, post, REFUSED_CLIENT, tokenApp } from './token-app.ts';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const PUBLIC_URL = 'https://patuh.example/api';
const secret = newSecret();

let issuer: Issuer;
let app: FastifyInstance;
let key: CryptoKey;
beforeAll(async () => {
  issuer = await openIssuer({ PUBLIC_URL }, Date.now());
  const basic = { agencyCode: 'disnaker', authMethod: 'client_secret_basic', secretHash: hashSecret(secret) };
  await issuer.addAgency('disnaker', 'labour_office', ['34.01', '34.04']);
  await issuer.addClient('basic', basic);
  await issuer.addClient('brief', basic);
  await issuer.addClient('revoked', { ...basic, revokedAt: new Date() });
  await issuer.addClient('id:with%&+', { ...basic, secretHash: hashSecret('p:a ss%w+~&=d') });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  key = privateKey;
  const jwks = { keys: [await exportJWK(publicKey)] };
  await issuer.addClient('signer', { agencyCode: 'disnaker', jwks });
  app = await tokenApp(issuer);
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

const basic = (id: string, password: string) =>
  `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;

const withSecret = (form: string, id = 'basic', password = secret) =>
  post(app, form, { authorization: basic(id, password) });

describe('a client with a secret', () => {
  test('gets a token for its agency with all of its scopes', async () => {
    const { status, body } = await withSecret(GRANT);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 1800,
      scope: 'registry:read checks:create',
    });
    expect(await issuer.tokens.verify(body.access_token)).toEqual({
      ...{
        client: 'basic',
        sub: 'basic',
        agency: 'disnaker',
        kind: 'labour_office',
        regions: ['34.01', '34.04'],
      },
      scopes: new Set(['registry:read', 'checks:create']),
    });
  });

  test('gets fewer scopes where it asks for fewer, and none that are not its own', async () => {
    expect((await withSecret(`${GRANT}&scope=checks%3Acreate`)).body.scope).toBe('checks:create');
    for (const scope of ['admin', 'checks:create+admin', 'unheard:of', 'openid']) {
      const { status, body } = await withSecret(`${GRANT}&scope=${scope}`);
      expect({ status, error: body.error }, scope).toEqual({ status: 400, error: 'invalid_scope' });
    }
  });

  test('may have any characters in id and secret (RFC 6749 section 2.3.1)', async () => {
    const encoded = ['id:with%&+', 'p:a ss%w+~&=d'].map((part) =>
      encodeURIComponent(part).replaceAll('%20', '+'),
    );
    expect(await withSecret(GRANT, encoded[0], encoded[1])).toMatchObject({ status: 200 });
  });

  test('is refused with a wrong secret, an unknown id, its hash, or once revoked', async () => {
    const wrong = await withSecret(GRANT, 'basic', newSecret());
    expect(wrong).toMatchObject(REFUSED_CLIENT);
    expect(wrong.headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect(await withSecret(GRANT, 'nobody')).toMatchObject(REFUSED_CLIENT);
    expect(await withSecret(GRANT, 'basic', hashSecret(secret))).toMatchObject(REFUSED_CLIENT);
    expect(await withSecret(GRANT, 'revoked')).toMatchObject(REFUSED_CLIENT);
    expect(await withSecret(GRANT, 'signer')).toMatchObject(REFUSED_CLIENT);
    expect(await post(app, `${GRANT}&client_id=basic`)).toMatchObject(REFUSED_CLIENT);
    expect(await post(app, `${GRANT}&client_id=basic&client_secret=${secret}`)).toMatchObject(REFUSED_CLIENT);
  });

  test('is unknown under an id that cannot be on file', async () => {
    const assertion = `client_assertion_type=${encodeURIComponent(ASSERTION)}&client_assertion=x.y.z`;
    for (const id of ['a%00b', '%00', 'a%0ab', 'a%7Fb']) {
      for (const answer of [
        await withSecret(GRANT, id),
        await post(app, `${GRANT}&client_id=${id}`),
        await post(app, `${GRANT}&client_id=${id}&${assertion}`),
      ]) {
        expect([400, 401], id).toContain(answer.status);
      }
    }
    const callers = openCallers(issuer.database, issuer.clock);
    expect(await callers.client('a\0b')).toBeUndefined();
    expect(await callers.agency('a\0b')).toBeUndefined();
  });

  test('that is revoked later loses the tokens that it has', async () => {
    const { body } = await withSecret(GRANT, 'brief');
    await issuer.database.orm
      .update(clients)
      .set({ revokedAt: new Date() })
      .where(eq(clients.clientId, 'brief'));
    await expect(issuer.tokens.verify(body.access_token)).rejects.toMatchObject(REFUSED);
  });
});

describe('an assertion for a service without a public address', () => {
  const open = { config: readConfig({}) };
  const logical = issuerOf(open.config);

  async function withAudience(to: FastifyInstance, aud: string, host: string) {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: 'signer', sub: 'signer', aud, iat: now, exp: now + 60, jti: randomUUID() };
    const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key);
    const form = `${GRANT}&client_assertion_type=${encodeURIComponent(ASSERTION)}&client_assertion=${jwt}`;
    return post(to, form, { host });
  }

  test('names the issuer, or the address that it listens on, and not the one that a Host header says', async () => {
    const local = await tokenApp({ ...issuer, ...open });
    const elsewhere = 'http://elsewhere.example/oauth/token';
    for (const aud of [logical, `${logical}/oauth/token`]) {
      expect(await withAudience(local, aud, 'elsewhere.example')).toMatchObject({ status: 200 });
    }
    expect(await withAudience(local, elsewhere, 'elsewhere.example')).toMatchObject(REFUSED_CLIENT);
    await local.listen({ host: '127.0.0.1', port: 0 });
    const { port } = local.server.address() as AddressInfo;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect(await withAudience(local, `http://${host}/oauth/token`, 'x')).toMatchObject({ status: 200 });
    }
    expect(await withAudience(local, elsewhere, 'elsewhere.example')).toMatchObject(REFUSED_CLIENT);
    await local.close();
  });

  test('names no local address where others reach the service, or it has a public one', async () => {
    for (const [host, config] of [
      ['0.0.0.0', open.config],
      ['127.0.0.1', issuer.config],
    ] as const) {
      const reachable = await tokenApp({ ...issuer, config });
      await reachable.listen({ host, port: 0 });
      const address = `localhost:${(reachable.server.address() as AddressInfo).port}`;
      expect(await withAudience(reachable, `http://${address}/oauth/token`, address)).toMatchObject(
        REFUSED_CLIENT,
      );
      await reachable.close();
    }
  });
});

describe('the endpoint', () => {
  test.each<[string, string, Record<string, string>, number, string]>([
    ['nothing', '', {}, 400, 'invalid_request'],
    ['no client', GRANT, {}, 400, 'invalid_request'],
    ['no grant', 'scope=admin', { authorization: basic('basic', secret) }, 400, 'invalid_request'],
    [
      'another grant',
      'grant_type=password',
      { authorization: basic('basic', secret) },
      400,
      'unsupported_grant_type',
    ],
    [
      'a parameter twice',
      `${GRANT}&${GRANT}`,
      { authorization: basic('basic', secret) },
      400,
      'invalid_request',
    ],
    [
      'a scope twice',
      `${GRANT}&scope=a&scope=b`,
      { authorization: basic('basic', secret) },
      400,
      'invalid_request',
    ],
    [
      'another audience',
      `${GRANT}&resource=urn:x`,
      { authorization: basic('basic', secret) },
      400,
      'invalid_target',
    ],
    ['broken escapes', '%%%=%ff&&=&grant_type', {}, 400, 'invalid_request'],
    [
      'JSON',
      '{"grant_type":"client_credentials"}',
      { 'content-type': 'application/json' },
      400,
      'invalid_request',
    ],
    ['no media type', GRANT, { 'content-type': ';;' }, 400, 'invalid_request'],
    ['an unknown charset', GRANT, { 'content-type': `${FORM}; charset=x` }, 400, 'invalid_request'],
    ['a broken header', GRANT, { authorization: 'Basic ***' }, 400, 'invalid_request'],
    ['a bearer token', GRANT, { authorization: 'Bearer x' }, 400, 'invalid_request'],
    [
      'two ways at once',
      `${GRANT}&client_assertion=x`,
      { authorization: basic('basic', secret) },
      400,
      'invalid_request',
    ],
    [
      'a broken assertion',
      `${GRANT}&client_assertion=x&client_assertion_type=${ASSERTION}`,
      {},
      400,
      'invalid_request',
    ],
    ['a large form', `${GRANT}&x=${'x'.repeat(20_000)}`, {}, 413, 'invalid_request'],
    ['a wish for HTML', GRANT, { accept: 'text/html' }, 400, 'invalid_request'],
  ])('refuses %s', async (_name, form, headers, status, error) => {
    expect(await post(app, form, headers)).toMatchObject({ status, body: { error } });
  });

  test('answers as everything else does while the database is away', async () => {
    const database = openDatabase('postgresql://nobody@127.0.0.1:1/nothing');
    const away = await tokenApp({ ...issuer, database });
    const headers = { 'content-type': FORM, authorization: basic('basic', secret) };
    const answer = await away.inject({ method: 'POST', url: '/oauth/token', headers, payload: GRANT });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({
      'content-type': /^application\/problem\+json/,
      'retry-after': '5',
    });
    await away.close();
    await database.close();
  });

  test('comes with its keys and metadata, and with nothing else', async () => {
    const keys = await app.inject('/.well-known/jwks.json');
    expect(keys.headers['cache-control']).toBe('public, max-age=600');
    expect(keys.json()).toEqual(issuer.keys.publicJwks());
    const metadata = (await app.inject('/.well-known/oauth-authorization-server')).json();
    expect(metadata).toMatchObject({ issuer: PUBLIC_URL, token_endpoint: `${PUBLIC_URL}/oauth/token` });
    for (const path of [
      '/auth',
      '/me',
      '/reg',
      '/jwks',
      '/token/introspection',
      '/.well-known/openid-configuration',
    ]) {
      for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
        expect((await app.inject({ method, url: path })).statusCode, `${method} ${path}`).toBe(404);
      }
    }
    expect((await app.inject('/oauth/token')).statusCode).toBe(404);
  });
});
