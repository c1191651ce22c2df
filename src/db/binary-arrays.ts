/**
 * Arrays as parameters in PostgreSQL's binary format (`array_recv`): long texts go as they are, where the text format
 * would escape each quote of theirs here and read it back there. A parameter takes one with a cast: `$1::text[]`.
 */

const BOOLEAN_OID = 16;
const BYTEA_OID = 17;
const INT8_OID = 20;
const INT2_OID = 21;
const INT4_OID = 23;
const TEXT_OID = 25;
const DATE_OID = 1082;
const UUID_OID = 2950;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const DAY_MS = 86_400_000;
/** Days of a database are counted from here. */
const FIRST_DAY_MS = Date.UTC(2000, 0, 1);
const HALF = 2 ** 32;
const DASH = 45;
const NINE = 57;

export function textArray(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  return arrayOf(TEXT_OID, sizes, (array, index, at) => array.write(values[index]!, at));
}

export function byteaArray(values: readonly Buffer[]): Buffer {
  const sizes = values.map(({ length }) => length);
  return arrayOf(BYTEA_OID, sizes, (array, index, at) => values[index]!.copy(array, at));
}

export function uuidArray(values: readonly (string | null)[]): Buffer {
  return fixedArray(UUID_OID, 16, values, (array, value, at) => writeUuid(value, array, at));
}

export function booleanArray(values: readonly boolean[]): Buffer {
  return fixedArray(BOOLEAN_OID, 1, values, (array, value, at) => array.writeInt8(value ? 1 : 0, at));
}

export function int2Array(values: readonly number[]): Buffer {
  return fixedArray(INT2_OID, 2, values, (array, value, at) => array.writeInt16BE(whole(value), at));
}

export function int4Array(values: readonly number[]): Buffer {
  return fixedArray(INT4_OID, 4, values, (array, value, at) => array.writeInt32BE(whole(value), at));
}

/** Of safe integers. */
export function int8Array(values: readonly number[]): Buffer {
  return fixedArray(INT8_OID, 8, values, (array, value, at) => {
    const high = Math.floor(whole(value) / HALF);
    array.writeUInt32BE(value - high * HALF, array.writeInt32BE(high, at));
  });
}

/** Of days as `2026-12-31`. */
export function dateArray(values: readonly (string | null)[]): Buffer {
  return fixedArray(DATE_OID, 4, values, (array, value, at) =>
    array.writeInt32BE(whole((Date.parse(value) - FIRST_DAY_MS) / DAY_MS), at),
  );
}

/** The text format has the database refuse what is no whole number; here it would become another one. */
function whole(value: number): number {
  if (!Number.isInteger(value)) throw new RangeError('not a whole number');
  return value;
}

/** An array of values of one size. */
function fixedArray<T>(
  elementOid: number,
  size: number,
  values: readonly (T | null)[],
  write: (array: Buffer, value: T, at: number) => void,
): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : size));
  return arrayOf(elementOid, sizes, (array, index, at) => write(array, values[index]!, at));
}

function writeUuid(uuid: string, into: Buffer, at: number): void {
  for (let place = 0; place < uuid.length; ) {
    if (uuid.charCodeAt(place) === DASH) place += 1;
    into[at++] = (hexAt(uuid, place) << 4) | hexAt(uuid, place + 1);
    place += 2;
  }
}

function hexAt(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code <= NINE ? code & 15 : (code & 15) + 9;
}

/** An array of one dimension; a size of -1 is a null. */
function arrayOf(
  elementOid: number,
  sizes: readonly number[],
  write: (array: Buffer, index: number, at: number) => void,
): Buffer {
  const bytes = sizes.reduce((sum, size) => sum + LENGTH_BYTES + Math.max(0, size), HEADER_BYTES);
  const array = Buffer.allocUnsafe(bytes);
  let at = array.writeInt32BE(1, 0);
  at = array.writeInt32BE(sizes.includes(-1) ? 1 : 0, at);
  at = array.writeInt32BE(elementOid, at);
  at = array.writeInt32BE(sizes.length, at);
  at = array.writeInt32BE(1, at);
  for (let index = 0; index < sizes.length; index += 1) {
    const size = sizes[index]!;
    at = array.writeInt32BE(size, at);
    if (size < 0) continue;
    write(array, index, at);
    at += size;
  }
  return array;
}
