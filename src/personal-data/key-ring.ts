/**
 * The keys on disk: `lookup.json`, which never changes because every stored index rests on it, and `sealing-NNNN.json`,
 * of which the highest number seals and all open. A file appears whole and once (written aside, then linked), and the
 * lookup key before any sealing key: a folder with a sealing key but without the lookup key has lost it, and is refused.
 */

import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { PersonalDataError } from './errors.ts';

/** A key of 256 bits with the 4 bytes that name it. */
export type NamedKey = { id: Buffer; key: KeyObject };

export type Keys = {
  lookup: KeyObject;
  active: NamedKey;
  /** Every sealing key by its id in hexadecimal. */
  sealing: ReadonlyMap<string, KeyObject>;
};

const LOOKUP = 'lookup.json';
const SEALING = /^sealing-\d{4}\.json$/;
const KEY_BYTES = 32;
const ID_BYTES = 4;

/** The keys of a folder, made first if it holds none; processes that do this at once end with the same keys. */
export function openKeys(folder: string): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (sealingFiles(folder).length === 0) {
    createKey(folder, LOOKUP);
    createKey(folder, sealingFile(1));
  }
  return readKeys(folder);
}

/** The keys of a folder as it stands. */
export function readKeys(folder: string): Keys {
  const named = sealingFiles(folder).map((file) => readKey(folder, file));
  const active = named.at(-1);
  if (active === undefined) throw new PersonalDataError('key_missing', `no sealing key in ${folder}`);
  return {
    lookup: readKey(folder, LOOKUP).key,
    active,
    sealing: new Map(named.map(({ id, key }) => [id.toString('hex'), key])),
  };
}

/**
 * Adds a sealing key, which seals from each process's next opening of the folder on; older keys keep opening.
 * Rotations at the same moment add one key. Due long before 2^32 seals under one key, the bound for random nonces
 * (NIST SP 800-38D, 8.3).
 */
export function rotate(folder: string): void {
  openKeys(folder);
  const newest = sealingFiles(folder).at(-1) ?? sealingFile(0);
  createKey(folder, sealingFile(Number(/\d{4}/.exec(newest)?.[0]) + 1));
}

function sealingFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => SEALING.test(file))
    .sort();
}

function sealingFile(number: number): string {
  return `sealing-${String(number).padStart(4, '0')}.json`;
}

function readKey(folder: string, file: string): NamedKey {
  let stored: { id?: unknown; key?: unknown };
  try {
    stored = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    // The parser's own message quotes the text, which is the key.
    if (error instanceof SyntaxError) throw malformed(folder, file);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new PersonalDataError(
      'key_missing',
      `${join(folder, file)} is missing: restore it from the backup`,
    );
  }
  const id = Buffer.from(String(stored?.id), 'hex');
  const key = Buffer.from(String(stored?.key), 'base64');
  if (id.length !== ID_BYTES || key.length !== KEY_BYTES) throw malformed(folder, file);
  return { id, key: createSecretKey(key) };
}

/** Writes a new key under a name that is free; where another process was first, its key stands. */
function createKey(folder: string, file: string): void {
  const aside = join(folder, `.${file}.${randomBytes(8).toString('hex')}`);
  const key = { id: randomBytes(ID_BYTES).toString('hex'), key: randomBytes(KEY_BYTES).toString('base64') };
  writeFileSync(aside, `${JSON.stringify(key)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, join(folder, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(aside);
  }
  flushFolder(folder);
}

/** Makes the new name survive a power cut, before anything is sealed with the key. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function malformed(folder: string, file: string): PersonalDataError {
  return new PersonalDataError('key_malformed', `${join(folder, file)} does not hold a key`);
}
