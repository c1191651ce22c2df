/**
 * A sealed value is version (1 byte) | key id (4) | nonce (12) | ciphertext | tag (16), AES-256-GCM. Version, key id
 * and context are authenticated with it.
 */

import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { PersonalDataError } from './errors.ts';
import type { NamedKey } from './key-ring.ts';

const ALGORITHM = 'aes-256-gcm';
const VERSION = Buffer.from([1]);
const HEADER_BYTES = 5;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHERTEXT_AT = HEADER_BYTES + NONCE_BYTES;

export function seal(plaintext: Buffer | string, context: string, { id, key }: NamedKey): Buffer {
  const header = Buffer.concat([VERSION, id]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(authenticated(header, context));
  const ciphertext =
    typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext);
  cipher.final();
  return Buffer.concat([header, nonce, ciphertext, cipher.getAuthTag()]);
}

export function open(sealed: Buffer, context: string, keyOf: (id: string) => KeyObject | undefined): Buffer {
  if (sealed.length < CIPHERTEXT_AT + TAG_BYTES || sealed[0] !== VERSION[0]) {
    throw new PersonalDataError('sealed_malformed', 'not a sealed value');
  }
  const header = sealed.subarray(0, HEADER_BYTES);
  const id = header.toString('hex', 1);
  const key = keyOf(id);
  if (key === undefined) throw new PersonalDataError('key_unknown', `the key ring has no key ${id}`);
  const nonce = sealed.subarray(HEADER_BYTES, CIPHERTEXT_AT);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(authenticated(header, context));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plaintext = decipher.update(sealed.subarray(CIPHERTEXT_AT, -TAG_BYTES));
  try {
    // Nothing comes any more: this mode keeps no bytes back.
    decipher.final();
    return plaintext;
  } catch {
    throw new PersonalDataError('sealed_not_authentic', 'the sealed value was altered or belongs elsewhere');
  }
}

function authenticated(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context)]);
}
