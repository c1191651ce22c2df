/**
 * A roster as bytes, to be sealed as one value: version (1 byte), number of lines (4), one record of 19 bytes a line
 * in the order of NIK, then all texts, joined by line feeds. The same lines in any order give the same bytes.
 */

import type { AssessedColumns } from '#src/domain/rules/roster-columns.ts';
import { PersonalDataError } from './errors.ts';
import {
  nikAt,
  packRosterLine,
  RECORD_BYTES,
  type RosterLine,
  readColumns,
  readRecord,
  textCountAt,
} from './roster-records.ts';

const VERSION = 1;
const HEADER_BYTES = 5;
const LINE_FEED = 10;

/** Lines as {@link packRosterLine} packs them, wherever they stand in one buffer. */
export type PackedLines = { bytes: Buffer; starts: Uint32Array; ends: Uint32Array };

/**
 * The canonical bytes of a roster. Names and contracts are stored in NFC, trimmed, with one space for each run of
 * white space; an empty contract is none. Throws a RangeError that names line and field where a value is outside
 * its type's documentation.
 */
export function encodeRoster(lines: readonly RosterLine[]): Buffer {
  const packed = lines.map(packRosterLine);
  const ends = new Uint32Array(packed.length);
  let end = 0;
  for (const [index, { length }] of packed.entries()) ends[index] = end += length;
  const starts = ends.map((_, index) => (index === 0 ? 0 : ends[index - 1]!));
  return encodePacked({ bytes: Buffer.concat(packed), starts, ends }).content;
}

/**
 * The canonical bytes of packed lines, and the lines, by their places, whose NIK stands at an earlier place too.
 *
 * @param room where to write the bytes, of 4 bytes and one a line more than the lines take; new room otherwise
 */
export function encodePacked(lines: PackedLines, room?: Buffer): { content: Buffer; repeated: number[] } {
  const { bytes, starts, ends } = lines;
  const count = starts.length;
  // In one piece: rosters are many, and each piece is one more to be let go of.
  const numbers = new Uint32Array(count * 3);
  const [high, low] = [numbers.subarray(0, count), numbers.subarray(count, count * 2)];
  const order = numbers.subarray(count * 2);
  for (let index = 0; index < count; index += 1) {
    high[index] = bytes.readUInt32BE(starts[index]!);
    low[index] = bytes.readUInt32BE(starts[index]! + 4);
    order[index] = index;
  }
  order.sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || compareRest(lines, a, b) || a - b);

  const repeated: number[] = [];
  let textBytes = Math.max(0, count - 1);
  for (let index = 0; index < count; index += 1) textBytes += ends[index]! - starts[index]! - RECORD_BYTES;
  const size = HEADER_BYTES + count * RECORD_BYTES + textBytes;
  const content = room ? room.subarray(0, size) : Buffer.allocUnsafe(size);
  content.writeUInt8(VERSION, 0);
  let at = content.writeUInt32BE(count, 1);
  let textAt = at + count * RECORD_BYTES;
  let earliest = 0;
  for (let index = 0; index < count; index += 1) {
    const place = order[index]!;
    const before = order[index - 1];
    if (before !== undefined && high[place] === high[before] && low[place] === low[before]) {
      repeated.push(Math.max(place, earliest));
      earliest = Math.min(place, earliest);
    } else earliest = place;
    const start = starts[place]!;
    const [textStart, end] = [start + RECORD_BYTES, ends[place]!];
    // So few bytes are moved sooner than a call of their own is made for them.
    for (let from = start; from < textStart; from += 1) content[at++] = bytes[from]!;
    for (let from = textStart; from < end; from += 1) content[textAt++] = bytes[from]!;
    if (index < count - 1) content[textAt++] = LINE_FEED;
  }
  return { content, repeated };
}

/** The order of lines of one NIK: total on content, so that they have one order too. */
function compareRest({ bytes, starts, ends }: PackedLines, a: number, b: number): number {
  const textOf = (place: number) => bytes.toString('utf8', starts[place]! + RECORD_BYTES, ends[place]!);
  const [textOfA, textOfB] = [textOf(a), textOf(b)];
  if (textOfA !== textOfB) return textOfA < textOfB ? -1 : 1;
  return bytes.compare(bytes, starts[b]!, starts[b]! + RECORD_BYTES, starts[a]!, starts[a]! + RECORD_BYTES);
}

/** The lines of an encoded roster, or those wanted by their places, in the order of NIK. */
export function decodeRoster(
  encoded: Buffer,
  isWanted: (place: number) => boolean = () => true,
): RosterLine[] {
  const { count, textsAt } = shapeOf(encoded);
  const texts = encoded.toString('utf8', textsAt).split('\n');
  let next = 0;
  const text = () => texts[next++] ?? '';
  const lines: RosterLine[] = [];
  for (let place = 0; place < count; place += 1) {
    const at = HEADER_BYTES + place * RECORD_BYTES;
    if (isWanted(place)) lines.push(readRecord(encoded, at, text));
    else next += textCountAt(encoded, at);
  }
  return lines;
}

/** The place of a line with this NIK in an encoded roster, -1 where there is none. */
export function rosterPlace(encoded: Buffer, nik: string): number {
  let [from, until] = [0, shapeOf(encoded).count];
  while (from < until) {
    const middle = (from + until) >>> 1;
    const there = nikAt(encoded, HEADER_BYTES + middle * RECORD_BYTES);
    if (there === nik) return middle;
    if (there < nik) from = middle + 1;
    else until = middle;
  }
  return -1;
}

/** What assessing asks of the workers of an encoded roster, in the order of NIK. */
export function rosterColumns(encoded: Buffer): AssessedColumns {
  return readColumns(encoded, HEADER_BYTES, shapeOf(encoded).count);
}

/** The NIKs of an encoded roster, or of so many lines from one on, 16 digits each, one after the other, as ASCII. */
export function rosterNiks(encoded: Buffer, from = 0, most = Number.POSITIVE_INFINITY): Buffer {
  const count = Math.min(most, shapeOf(encoded).count - from);
  const niks = Buffer.allocUnsafe(Math.max(0, count) * 16);
  for (let index = 0; index < count; index += 1) {
    const record = HEADER_BYTES + (from + index) * RECORD_BYTES;
    for (let half = 0; half < 2; half += 1) {
      let digits = encoded.readUInt32BE(record + half * 4);
      for (let at = index * 16 + half * 8 + 7; at >= index * 16 + half * 8; at -= 1) {
        niks[at] = 48 + (digits % 10);
        digits = Math.floor(digits / 10);
      }
    }
  }
  return niks;
}

function shapeOf(encoded: Buffer): { count: number; textsAt: number } {
  const count = encoded.length < HEADER_BYTES ? Infinity : encoded.readUInt32BE(1);
  const textsAt = HEADER_BYTES + count * RECORD_BYTES;
  if (encoded[0] !== VERSION || encoded.length < textsAt) {
    throw new PersonalDataError('roster_malformed', 'not an encoded roster');
  }
  return { count, textsAt };
}
