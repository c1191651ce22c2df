import { ImportFailure } from './endings.ts';
import type { Spool } from './xlsx-spool.ts';

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64_SIGNATURE = 0x06064b50;
const END64_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
/** Stands for a value that is kept in 64 bits elsewhere. */
const IN_64_BITS = 0xffffffff;
const COUNT_IN_64_BITS = 0xffff;
const FIELD_OF_64_BITS = 1;

const MOST_ENTRIES = 4_096;
const MOST_BYTES = 2 * 1024 * 1024;

/** A file of the archive, as the directory has it; it lies between `at` and `end` with the header in front of it. */
export type Entry = {
  name: Buffer;
  flags: number;
  method: number;
  checksum: number;
  packed: number;
  unpacked: number;
  at: number;
  end: number;
};

type Place = { count: number; from: number; length: number; end: number };

/**
 * The entries of a ZIP archive by their paths in lower case. Refused are entries that lie over each other, that share a
 * name, or that are too many, and archives that are cut off or go over several disks.
 */
export function readDirectory(spool: Spool): ReadonlyMap<string, Entry> {
  const { count, from, length, end } = findDirectory(spool);
  if (count > MOST_ENTRIES || length > MOST_BYTES) throw new ImportFailure('workbook_unpacks_too_large');
  if (from + length > end) throw new ImportFailure('workbook_damaged');
  const directory = spool.copy(from, length);
  const entries = new Map<string, Entry>();
  let at = 0;
  for (let left = count; left > 0; left--) {
    const { entry, next } = readEntry(directory, at);
    const path = entry.name.toString().replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
    if (entries.has(path)) throw new ImportFailure('workbook_damaged');
    entries.set(path, entry);
    at = next;
  }
  if (at !== length) throw new ImportFailure('workbook_damaged');
  keepApart([...entries.values()], from);
  return entries;
}

/** Gives each entry its end, where the next one begins, and refuses those that reach over it. */
function keepApart(entries: Entry[], directory: number): void {
  entries.sort((a, b) => a.at - b.at);
  for (const [index, entry] of entries.entries()) {
    entry.end = entries[index + 1]?.at ?? directory;
    const least = entry.at + LOCAL_BYTES + entry.name.length + entry.packed;
    if (least > entry.end) throw new ImportFailure('workbook_damaged');
  }
}

function findDirectory(spool: Spool): Place {
  const from = Math.max(0, spool.size - END_BYTES - LONGEST_COMMENT);
  const tail = spool.copy(from, spool.size - from);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_SIGNATURE) continue;
    if (at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const disks = tail.readUInt32LE(at + 4);
    const place = {
      count: tail.readUInt16LE(at + 10),
      length: tail.readUInt32LE(at + 12),
      from: tail.readUInt32LE(at + 16),
      end: from + at,
    };
    const in64 = place.count === COUNT_IN_64_BITS || place.length === IN_64_BITS || place.from === IN_64_BITS;
    if (in64) return findDirectory64(spool, from + at);
    if (disks !== 0) break;
    return place;
  }
  throw new ImportFailure('workbook_damaged');
}

function findDirectory64(spool: Spool, end: number): Place {
  const locator = spool.copy(end - LOCATOR_BYTES, LOCATOR_BYTES);
  const at = in64(locator, 8);
  const record = spool.copy(at, END64_BYTES);
  if (locator.readUInt32LE(0) !== LOCATOR_SIGNATURE || record.readUInt32LE(0) !== END64_SIGNATURE)
    throw new ImportFailure('workbook_damaged');
  return { count: in64(record, 32), length: in64(record, 40), from: in64(record, 48), end: at };
}

function readEntry(directory: Buffer, at: number): { entry: Entry; next: number } {
  const fixed = directory.subarray(at, at + ENTRY_BYTES);
  if (fixed.length < ENTRY_BYTES || fixed.readUInt32LE(0) !== ENTRY_SIGNATURE)
    throw new ImportFailure('workbook_damaged');
  const extraAt = at + ENTRY_BYTES + fixed.readUInt16LE(28);
  const commentAt = extraAt + fixed.readUInt16LE(30);
  const next = commentAt + fixed.readUInt16LE(32);
  if (next > directory.length) throw new ImportFailure('workbook_damaged');
  const long = longValues(directory.subarray(extraAt, commentAt));
  const wide = (offset: number) => {
    const value = fixed.readUInt32LE(offset);
    return value === IN_64_BITS ? (long.shift() ?? value) : value;
  };
  const unpacked = wide(24);
  const packed = wide(20);
  const entry = {
    name: Buffer.from(directory.subarray(at + ENTRY_BYTES, extraAt)),
    flags: fixed.readUInt16LE(8),
    method: fixed.readUInt16LE(10),
    checksum: fixed.readUInt32LE(16),
    packed,
    unpacked,
    at: wide(42),
    end: 0,
  };
  return { entry, next };
}

/** The values of 64 bits among the extra fields of an entry, in their order. */
function longValues(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== FIELD_OF_64_BITS) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.min(3, Math.floor(field.length / 8)) }, (_, index) =>
      in64(field, index * 8),
    );
  }
  return [];
}

function in64(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ImportFailure('workbook_damaged');
  return Number(value);
}
