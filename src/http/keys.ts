import { join } from 'node:path';
import { compactVerify, createLocalJWKSet, errors, type JWK, type JWTPayload } from 'jose';
import { compactHeader } from './jws.ts';
import { openSigner } from './receipt-signing.ts';
import { type Purpose, publicJwk, type SigningKey, signingKeys } from './signing-key-files.ts';

export type { SigningKey };

export type ReceiptVerdict =
  | { valid: true; payload: JWTPayload }
  | { valid: false; reason: 'malformed' | 'wrong_type' | 'unknown_key' | 'bad_signature' };

/** A receipt, with what it takes besides its payload to put it together: the id of the key, and the signature. */
export type Signed = { receipt: string; kid: string; signature: Buffer };

export type Keys = {
  /** Signs access tokens now; older keys verify only. */
  tokenKey: SigningKey;
  /** Signs receipts now; older keys verify only. */
  receiptKey: SigningKey;
  /** The public keys, of all purposes or of one, as a JWK set (RFC 7517 section 5). */
  publicJwks(purpose?: Purpose): { keys: JWK[] };
  /** A compact JWS (RFC 7515) over the payload, for anyone to keep and to check against the JWK set. */
  signReceipt(payload: object): Promise<string>;
  /** Receipts over these payloads, JSON texts; {@link receiptOf} puts each together again. */
  signPayloads(payloads: readonly string[]): Promise<Signed[]>;
  verifyReceipt(jws: string): Promise<ReceiptVerdict>;
};

const RECEIPT_TYPE = 'patuh-receipt+jwt';

/**
 * Opens the signing keys in `<folder>/keys`, made at first use. A file with a higher number takes over at the next
 * start, and what the older keys signed stays valid. Instances of one service share the folder.
 */
export async function openKeys(folder: string): Promise<Keys> {
  const tokens = await signingKeys(join(folder, 'keys'), 'token');
  const receipts = await signingKeys(join(folder, 'keys'), 'receipt');
  const receiptKey = newest(receipts);
  const published: Record<Purpose, JWK[]> = {
    token: tokens.map(publicJwk),
    receipt: receipts.map(publicJwk),
  };
  const receiptKeys = createLocalJWKSet({ keys: published.receipt });
  const { kid } = receiptKey;
  const sign = openSigner(receiptKey.key);
  const signPayloads: Keys['signPayloads'] = async (payloads) => {
    const texts = payloads.map((payload) => signedText(kid, payload));
    const signatures = await sign(texts);
    return signatures.map((signature, index) => ({
      receipt: withSignature(texts[index]!, signature),
      kid,
      signature,
    }));
  };
  return {
    tokenKey: newest(tokens),
    receiptKey,
    publicJwks: (purpose) => ({
      keys: structuredClone(purpose ? published[purpose] : [...published.token, ...published.receipt]),
    }),
    async signReceipt(payload) {
      const [signed] = await signPayloads([JSON.stringify(payload)]);
      return signed!.receipt;
    },
    signPayloads,
    async verifyReceipt(jws) {
      const found = compactHeader(jws);
      if (!found) return { valid: false, reason: 'malformed' };
      if (found.typ !== RECEIPT_TYPE) return { valid: false, reason: 'wrong_type' };
      if (!published.receipt.some(({ kid }) => kid === found.kid))
        return { valid: false, reason: 'unknown_key' };
      try {
        const { payload } = await compactVerify(jws, receiptKeys, { algorithms: ['EdDSA'] });
        return { valid: true, payload: JSON.parse(Buffer.from(payload).toString('utf8')) };
      } catch (error) {
        return { valid: false, reason: error instanceof errors.JWSInvalid ? 'malformed' : 'bad_signature' };
      }
    },
  };
}

function newest(keys: [...SigningKey[], SigningKey]): SigningKey {
  return keys[keys.length - 1] as SigningKey;
}

/** A receipt put together from what was signed, the signature and the id of its key: always the same text. */
export function receiptOf(kid: string, payload: string, signature: Buffer): string {
  return withSignature(signedText(kid, payload), signature);
}

function withSignature(text: string, signature: Buffer): string {
  return `${text}.${signature.toString('base64url')}`;
}

/** The JWS signing input (RFC 7515 section 5.1). The header is never written otherwise: stored signatures rest on it. */
function signedText(kid: string, payload: string): string {
  return `${base64url(`{"alg":"EdDSA","typ":"${RECEIPT_TYPE}","kid":"${kid}"}`)}.${base64url(payload)}`;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
