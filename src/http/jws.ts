import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';

/**
 * The header of a compact JWS (RFC 7515 section 3.1) in its one spelling; undefined for anything else. Decoders that
 * ignore spare bits at the end of a part (RFC 4648 section 3.5) would take many texts for the same signature.
 */
export function compactHeader(jws: string): ProtectedHeaderParameters | undefined {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every(isCanonical)) return undefined;
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return undefined;
  }
}

function isCanonical(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}
