import { randomFillSync } from 'node:crypto';

const random = Buffer.alloc(4096);
let used = random.length;
let lastMs = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562 section 5.7): ordered by the millisecond, and within it by a counter, so that ids made by one
 * process order as they were made.
 */
export function uuidv7(now: number = Date.now()): string {
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMs += 1;
      sequence = 0;
      sequence = 0;
    }
  }
  if (used + 8 > random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bits = Buffer.allocUnsafe(16);
  bits.writeUIntBE(lastMs, 0, 6);
  bits.writeUInt16BE(0x7000 | sequence, 6);
  random.copy(bits, 8, used, used + 8);
  used += 8;
  bits[8] = (bits[8]! & 0x3f) | 0x80;
  const hex = bits.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
