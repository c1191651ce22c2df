import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { clients } from '#src/db/index.ts';
import { MEMORY_MS } from '#src/http/callers.ts';
import { createTokenVerifier, type TokenVerifier } from '#src/http/tokens.ts';
import { type Issuer, openIssuer, REFUSED } from './issuer.ts';

/** An identity provider of somebody else: discovery and keys. */
let server: Server;
let url: string;
let published: JWK[] = [];
let down = false;
let fetched = 0;
let issuer: Issuer;
let tokens: TokenVerifier;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (down) return void response.writeHead(502).end();
    if (request.url === '/keys') fetched += 1;
    const body = request.url === '/keys' ? { keys: published } : { issuer: url, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = await openIssuer({ OIDC_ISSUER: url, OIDC_AUDIENCE: 'patuh' });
  await issuer.addAgency('kejari', 'prosecutor', ['34']);
  await issuer.addAgency('pt-maju', 'employer', []);
  await issuer.addClient('kejari-app', { agencyCode: 'kejari', scopes: ['registry:read', 'checks:create'] });
  await issuer.addClient('maju-app', {
    agencyCode: 'pt-maju',
    employerId: '01a1fb23-d28a-7000-b2ef-f95c39ae183a',
  });
  tokens = issuer.tokens;
});
afterEach(() => {
  vi.useRealTimers();
  down = false;
});
afterAll(async () => {
  server.close();
  await issuer.close();
});

async function newKey(kid: string, alg = 'ES256') {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  published = [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }];
  return (claims: JWTPayload, header: object = {}) => {
    const now = Math.floor(issuer.clock().getTime() / 1000);
    const standard = {
      iss: url,
      aud: 'patuh',
      sub: 'siti',
      iat: now,
      exp: now + 300,
      scope: 'checks:create admin',
    };
    return new SignJWT({ ...standard, ...claims })
      .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
      .sign(privateKey);
  };
}

test('a known client acts for its agency, with no more than its own scopes', async () => {
  const sign = await newKey('first');
  const kejari = {
    ...{ client: 'kejari-app', agency: 'kejari', kind: 'prosecutor', regions: ['34'], sub: 'siti' },
    scopes: new Set(['checks:create']),
  };
  expect(await tokens.verify(await sign({ client_id: 'kejari-app' }))).toEqual(kejari);
  expect(await tokens.verify(await sign({ azp: 'kejari-app', agency: 'pt-maju' }))).toEqual(kejari);
  expect(await tokens.verify(await sign({ client_id: 'maju-app' }))).toMatchObject({
    kind: 'employer',
    employerId: '01a1fb23-d28a-7000-b2ef-f95c39ae183a',
  });
  const placed = await sign({ client_id: 'portal', agency: 'kejari' });
  expect(await tokens.verify(placed)).toMatchObject({
    agency: 'kejari',
    scopes: new Set(['checks:create', 'admin']),
  });

  for (const [claims, header] of [
    [{ client_id: 'nobody' }],
    [{ agency: 'nowhere' }],
    [{ agency: 'pt-maju' }],
    [{ client_id: 'cli:portal', agency: 'kejari' }],
    [{ client_id: 'a\0b', agency: 'kejari' }],
    [{ sub: '\ud800', agency: 'kejari' }],
    [{ client_id: 'kejari-app', aud: 'others' }],
    [{ client_id: 'kejari-app', exp: 1 }],
    [{ client_id: 'kejari-app', exp: undefined }],
    [{ client_id: 'kejari-app' }, { typ: 'JWT' }],
  ] as [JWTPayload, object?][]) {
    await expect(tokens.verify(await sign(claims, header)), JSON.stringify(claims)).rejects.toMatchObject(
      REFUSED,
    );
  }

  await issuer.database.orm.update(clients).set({ revokedAt: issuer.clock() });
  issuer.pass(MEMORY_MS / 1000);
  await expect(
    tokens.verify(await sign({ client_id: 'kejari-app', agency: 'kejari' })),
  ).rejects.toMatchObject(REFUSED);
});

test('keys change; a key that nobody has does not make the service ask again and again', async () => {
  const fresh = createTokenVerifier(issuer);
  const old = await newKey('old');
  await fresh.verify(await old({ agency: 'kejari' }));
  const before = fetched;
  const renewed = await newKey('new');
  const jwt = await renewed({ agency: 'kejari' });
  for (let attempt = 0; attempt < 3; attempt++)
    await expect(fresh.verify(jwt)).rejects.toMatchObject(REFUSED);
  expect(fetched, 'cooling down').toBe(before);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
  expect(await fresh.verify(jwt)).toMatchObject({ agency: 'kejari' });
  expect(fetched).toBe(before + 1);
});

test('what is verified does not need the issuer again', async () => {
  const fresh = createTokenVerifier(issuer);
  const jwt = await (await newKey('once'))({ agency: 'kejari' });
  await fresh.verify(jwt);
  down = true;
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 86_400_000 });
  expect(await fresh.verify(jwt)).toMatchObject({ agency: 'kejari' });
});

test('an issuer that is away is no fault of the caller, and is asked again', async () => {
  const fresh = createTokenVerifier(issuer);
  const jwt = await (await newKey('later'))({ agency: 'kejari' });
  down = true;
  await expect(fresh.verify(jwt)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await fresh.verify(await issuer.issue()), 'our own tokens').toMatchObject({ sub: 'budi' });
  down = false;
  expect(await fresh.verify(jwt)).toMatchObject({ agency: 'kejari' });
});
