import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { blindIndexesWith, blindIndexWith } from './blind-index.ts';
import { openKeys, readKeys } from './key-ring.ts';
import { rosterNiks } from './roster-codec.ts';
import { open, seal } from './seal.ts';

export { INDEX_BYTES } from './blind-index.ts';
export { PersonalDataError, type PersonalDataErrorCode } from './errors.ts';
export { rotate } from './key-ring.ts';
export {
  decodeRoster,
  encodePacked,
  encodeRoster,
  type PackedLines,
  rosterColumns,
  rosterNiks,
  rosterPlace,
} from './roster-codec.ts';
export {
  contractWord,
  dayWord,
  nikAt,
  packRosterLine,
  programmesAt,
  RECORD_BYTES,
  type RosterLine,
  type RosterTraits,
  traitsWord,
  writeRecord,
} from './roster-records.ts';

/** What can be done with the keys; the keys themselves do not leave it. */
export type KeyRing = {
  /**
   * Seals a value with the newest key. `context` says where the value stands (table, employer, field): it opens
   * with the same context only, so that it cannot be moved to another row.
   */
  seal(plaintext: Buffer | string, context: string): Buffer;
  /**
   * Opens what any key of the folder sealed. Throws a {@link PersonalDataError}: `sealed_malformed`, `key_unknown`,
   * or `sealed_not_authentic` where value or context is not what was sealed.
   */
  open(sealed: Buffer, context: string): Buffer;
  /** The 16 bytes under which a NIK of 16 digits is found; the same for ever, whatever is rotated. */
  blindIndex(nik: string): Buffer;
  /** The blind indexes, one after the other, of an encoded roster's NIKs, or of so many from one on, in their order. */
  blindIndexes(encodedRoster: Buffer, from?: number, most?: number): Buffer;
  /** 32 bytes that tell whether two contents are equal and, without the key, nothing of either. */
  digest(data: Buffer | string): Buffer;
};

/**
 * Opens the key ring in a folder that only its owner can read; makes both at first use. Throws `key_missing` where
 * the folder has lost a key, rather than make another that finds nothing of what is stored.
 */
export function openKeyRing(folder: string): KeyRing {
  let keys = openKeys(folder);
  const digestKey = derived(keys.lookup, 'digest');
  const lookupKey = derived(keys.lookup, 'blind index');
  const indexesOf = blindIndexesWith(lookupKey);
  // A process that runs through a rotation meets values of a key that it has not read yet.
  const keyOf = (id: string) => {
    if (!keys.sealing.has(id)) keys = readKeys(folder);
    return keys.sealing.get(id);
  };
  return {
    seal: (plaintext, context) => seal(plaintext, context, keys.active),
    open: (sealed, context) => open(sealed, context, keyOf),
    blindIndex: blindIndexWith(lookupKey),
    blindIndexes: (encodedRoster, from, most) => indexesOf(rosterNiks(encodedRoster, from, most)),
    digest: (data) => createHmac('sha256', digestKey).update(data).digest(),
  };
}

/** A key for one use only (HKDF, RFC 5869), so that a digest can never serve as a blind index. */
function derived(key: KeyObject, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', use, 32)));
}
