import { randomFillSync } from 'node:crypto';

const UUID_BYTES = 16;

const random = Buffer.alloc(4096);
let used = random.length;
let lastMs = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562 section 5.7): ordered by the millisecond, and within it by a counter, so that ids made by one
 * process order as they were made.
 */
export function uuidv7(now: number = Date.now()): string {
  const bits = Buffer.allocUnsafe(UUID_BYTES);
  writeUuidv7(bits, 0, now);
  return readUuid(bits, 0);
}

/** The text of the UUID that stands somewhere as 16 bytes. */
export function readUuid(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + UUID_BYTES);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** {@link uuidv7} as the 16 bytes that it stands for; returns where they end. */
export function writeUuidv7(into: Buffer, at: number, now: number = Date.now()): number {
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
    }
  }
  if (used + 8 > random.length) {
    randomFillSync(random);
    used = 0;
  }
  into.writeUIntBE(lastMs, at, 6);
  into.writeUInt16BE(0x7000 | sequence, at + 6);
  random.copy(into, at + 8, used, used + 8);
  used += 8;
  into[at + 8] = (into[at + 8]! & 0x3f) | 0x80;
  return at + 16;
}
