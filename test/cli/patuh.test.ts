import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Issuer, openIssuer } from '#test/http/issuer.ts';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await openIssuer({}, Date.now());
});
afterAll(() => issuer.close());

/** What a command writes to stdout; fails with its code and stderr. */
async function patuh(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, DATABASE_URL: issuer.url, PATUH_DATA_DIR: issuer.folder };
  return (await promisify(execFile)(process.execPath, ['src/cli/patuh.ts', ...args], { env })).stdout;
}

test('token prints a token that the service accepts, for an agency that is made nationwide', async () => {
  const output = await patuh(
    'token',
    '--agency',
    'kejari',
    '--scope',
    'registry:read checks:create',
    '--sub',
    'siti',
  );
  expect(output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const actor = await issuer.tokens.verify(output.trim());
  expect(actor).toMatchObject({ client: 'cli:kejari', agency: 'kejari', kind: 'labour_office', sub: 'siti' });
  expect(actor.scopes).toEqual(new Set(['registry:read', 'checks:create']));
  expect(actor.regions).toHaveLength(38);
});

test('token takes regions for itself alone where the agency is there, and keeps them where it is new', async () => {
  await issuer.addAgency('disnaker', 'labour_office', ['34']);
  const tokenOf = async (...args: string[]) =>
    issuer.tokens.verify((await patuh('token', '--scope', 'registry:read', '--agency', ...args)).trim());
  expect(await tokenOf('disnaker', '--regions', '34.01,34.04')).toMatchObject({
    regions: ['34.01', '34.04'],
  });
  expect(await tokenOf('disnaker')).toMatchObject({ regions: ['34'], sub: 'cli:disnaker' });
  await tokenOf('lpse', '--regions', '34.01', '--kind', 'procurement_unit');
  expect(await tokenOf('lpse')).toMatchObject({ regions: ['34.01'], kind: 'procurement_unit' });
});

test.each([
  [['--scope', 'admin'], /--agency is missing/],
  [['--agency', 'x', '--scope', 'everything'], /no scope 'everything'/],
  [['--agency', 'x', '--scope', 'admin', '--kind', 'king'], /no kind 'king'/],
  [['--agency', 'x', '--scope', 'admin', '--regions', '34.99'], /no region '34.99'/],
  [['--agency', 'x', '--scope', 'admin', '--ttl', 'soon'], /--ttl/],
  [['--agency', 'x', '--scope', 'admin', '--employer', 'npp:NONE1'], /no employer 'npp:NONE1'/],
  [['--agency', 'x', '--scope', 'admin', '--kind', 'employer'], /needs --employer/],
  [['--agency', 'x', '--scope', 'admin', '--color'], /--color/],
])('token refuses %j', async (args, message) => {
  await expect(patuh('token', ...args)).rejects.toMatchObject({ code: 1, stdout: '', stderr: message });
});

test('agencies and clients are made, listed and revoked; a secret is shown once', async () => {
  await patuh(
    'agency',
    'create',
    '--code',
    'dpmptsp',
    '--name',
    'DPMPTSP',
    '--kind',
    'licensing_office',
    '--regions',
    '34.71',
  );
  expect(await patuh('agency', 'list')).toContain('{"code":"dpmptsp","name":"DPMPTSP"');
  const create = ['client', 'create', '--agency', 'dpmptsp', '--name', 'OSS', '--scope', 'checks:create'];
  const { clientId, clientSecret } = JSON.parse(await patuh(...create));
  expect(clientSecret).toMatch(/^[\w-]{43}$/);
  await patuh('client', 'revoke', clientId);
  const listed = await patuh('client', 'list');
  expect(JSON.parse(listed)).toMatchObject({
    clientId,
    authMethod: 'client_secret_basic',
    revokedAt: expect.any(String),
  });
  expect(listed).not.toMatch(/secret(?!_basic)/i);
  await expect(patuh('client', 'revoke', clientId)).rejects.toMatchObject({ code: 1 });

  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const file = join(issuer.folder, 'jwks.json');
  await writeFile(file, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
  expect(JSON.parse(await patuh(...create, '--jwks', file))).toEqual({ clientId: expect.any(String) });
  await writeFile(file, JSON.stringify({ keys: [await exportJWK(privateKey)] }));
  await expect(patuh(...create, '--jwks', file)).rejects.toMatchObject({ stderr: /holds a private key/ });
});
