import {
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { link, mkdir, open, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';

/** What a key signs; a key of one purpose is never accepted for the other. */
export type Purpose = 'token' | 'receipt';

/** An Ed25519 key; its id is the thumbprint of RFC 7638. */
export type SigningKey = { kid: string; alg: 'EdDSA'; key: KeyObject };

/**
 * The keys of a purpose in a folder, newest last; the first is made where there is none. They stand in files
 * `signing-<purpose>-NNNN.json`: the highest number signs, all verify. A file appears whole and once (written aside,
 * then linked), so that processes that start at the same moment end with the same key.
 */
export async function signingKeys(folder: string, purpose: Purpose): Promise<[...SigningKey[], SigningKey]> {
  // What lies above the keys is not ours to close: other parts of the service keep their files there.
  await mkdir(dirname(folder), { recursive: true, mode: 0o711 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = new RegExp(`^signing-${purpose}-\\d{4}\\.json$`);
  const files = (await readdir(folder)).filter((file) => names.test(file)).sort();
  const newest = files.pop() ?? `signing-${purpose}-0001.json`;
  const older = await Promise.all(files.map((file) => readKey(join(folder, file))));
  try {
    return [...older, await readKey(join(folder, newest))];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await createKey(folder, newest);
    return [...older, await readKey(join(folder, newest))];
  }
}

/** The public half, as it is published (RFC 8037 section 2). */
export function publicJwk({ kid, alg, key }: SigningKey): JWK {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  return { kty, crv, x, kid, alg, use: 'sig' } as JWK;
}

async function readKey(path: string): Promise<SigningKey> {
  const text = await readFile(path, 'utf8');
  try {
    const key = createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' });
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not Ed25519');
    return { kid: await calculateJwkThumbprint(key.export({ format: 'jwk' }) as JWK), alg: 'EdDSA', key };
  } catch {
    // The parser's own message quotes the text, which is the key.
    throw new Error(`${path} does not hold an Ed25519 key`);
  }
}

async function createKey(folder: string, file: string): Promise<void> {
  const aside = join(folder, `.${file}.${randomUUID()}`);
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  await writeFile(aside, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(aside, join(folder, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(aside);
  }
  await flush(folder);
}

/** Makes the new name survive a power cut, before anything is signed with the key. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
