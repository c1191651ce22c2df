import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new client secret, 256 random bits: nothing to guess, so that a plain hash keeps it (no password hash needed). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether the secret is the one that was hashed, in a time that does not tell how near it came. */
export function isSecret(secret: string, hash: string): boolean {
  const [given, stored] = [Buffer.from(hashSecret(secret)), Buffer.from(hash)];
  return given.length === stored.length && timingSafeEqual(given, stored);
}
