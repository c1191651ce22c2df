import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompactSign,
  calculateJwkThumbprint,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Keys, openKeys } from '#src/http/keys.ts';

let folder: string;
let keys: Keys;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patuh-keys-'));
  keys = await openKeys(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const receipt = {
  subject: { npp: 'JB123456' },
  verdict: { status: 'compliant' },
  checkedAt: '2026-11-20T12:00:00.000Z',
};

describe('signing keys', () => {
  test('stay between starts, for the owner alone', async () => {
    expect((await openKeys(folder)).publicJwks()).toEqual(keys.publicJwks());
    const files = await readdir(join(folder, 'keys'));
    expect(files.sort()).toEqual(['signing-receipt-0001.json', 'signing-token-0001.json']);
    for (const file of files) expect((await stat(join(folder, 'keys', file))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
  });

  test('are published without their private part, under their thumbprint', async () => {
    const { keys: published } = keys.publicJwks();
    expect(published).toHaveLength(2);
    for (const jwk of published) {
      expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
      expect(jwk).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
      expect(await calculateJwkThumbprint(jwk)).toBe(jwk.kid);
    }
    expect(keys.publicJwks('receipt').keys.map(({ kid }) => kid)).toEqual([keys.receiptKey.kid]);
  });

  test('are the same for processes that start at once', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'patuh-keys-'));
    const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(fresh)));
    expect(new Set(opened.map((each) => JSON.stringify(each.publicJwks()))).size).toBe(1);
    expect(await readdir(join(fresh, 'keys'))).toHaveLength(2);
    await rm(fresh, { recursive: true });
  });

  test('give way to a newer one, and still verify', async () => {
    const old = await keys.signReceipt(receipt);
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const file = join(folder, 'keys', 'signing-receipt-0002.json');
    await writeFile(file, JSON.stringify(jwk));
    const renewed = await openKeys(folder);
    expect(renewed.receiptKey.kid).toBe(await calculateJwkThumbprint(jwk as never));
    expect(await renewed.verifyReceipt(old)).toMatchObject({ valid: true });
    expect(await keys.verifyReceipt(await renewed.signReceipt(receipt))).toEqual({
      valid: false,
      reason: 'unknown_key',
    });
    await rm(file);
  });

  test('are never quoted when their file is broken', async () => {
    const fresh = await mkdtemp(join(tmpdir(), 'patuh-keys-'));
    await openKeys(fresh);
    await writeFile(join(fresh, 'keys', 'signing-token-0001.json'), '{"d":"secret');
    await expect(openKeys(fresh)).rejects.toThrow(/signing-token-0001\.json does not hold an Ed25519 key$/);
    await rm(fresh, { recursive: true });
  });
});

describe('receipts', () => {
  test('can be checked by anyone with the published keys', async () => {
    const jws = await keys.signReceipt(receipt);
    expect(decodeProtectedHeader(jws)).toEqual({
      alg: 'EdDSA',
      typ: 'patuh-receipt+jwt',
      kid: keys.receiptKey.kid,
    });
    const { payload } = await compactVerify(jws, createLocalJWKSet(keys.publicJwks() as never));
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(receipt);
    expect(await keys.verifyReceipt(jws)).toEqual({ valid: true, payload: receipt });
  });

  const sign = (header: { alg: string; typ: string; kid: string }, key = keys.receiptKey.key) =>
    new CompactSign(Buffer.from(JSON.stringify(receipt))).setProtectedHeader(header).sign(key);
  const header = () => ({ alg: 'EdDSA', typ: 'patuh-receipt+jwt', kid: keys.receiptKey.kid });

  test.each<[string, string, () => Promise<string>]>([
    ['text', 'malformed', async () => 'receipt'],
    ['an empty part', 'malformed', async () => (await keys.signReceipt(receipt)).replace(/\.[^.]*\./, '..')],
    ['spare bits set', 'malformed', async () => (await keys.signReceipt(receipt)).replace(/.$/, 'B')],
    ['a token', 'wrong_type', () => sign({ ...header(), typ: 'at+jwt' })],
    ['a key of ours for other things', 'unknown_key', () => sign({ ...header(), kid: keys.tokenKey.kid })],
    [
      'a foreign key under our id',
      'bad_signature',
      () => sign(header(), generateKeyPairSync('ed25519').privateKey),
    ],
    [
      'another algorithm',
      'bad_signature',
      async () => {
        const [, payload, signature] = (await keys.signReceipt(receipt)).split('.');
        return [
          Buffer.from(JSON.stringify({ ...header(), alg: 'none' })).toString('base64url'),
          payload,
          signature,
        ].join('.');
      },
    ],
    [
      'a changed payload',
      'bad_signature',
      async () => {
        const [head, , signature] = (await keys.signReceipt(receipt)).split('.');
        const other = { ...receipt, verdict: { status: 'non_compliant' } };
        return [head, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.');
      },
    ],
  ])('are refused: %s (%s)', async (_name, reason, jws) => {
    expect(await keys.verifyReceipt(await jws())).toEqual({ valid: false, reason });
  });
});
