/**
 * Arrays as parameters in PostgreSQL's binary format (`array_recv`): long texts go as they are, where the text format
 * would escape each quote of theirs here and read it back there. A parameter takes one with a cast: `$1::text[]`.
 */

const BYTEA_OID = 17;
const TEXT_OID = 25;
const UUID_OID = 2950;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

export function textArray(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  return arrayOf(TEXT_OID, sizes, (array, index, at) => array.write(values[index]!, at));
}

export function byteaArray(values: readonly Buffer[]): Buffer {
  const sizes = values.map(({ length }) => length);
  return arrayOf(BYTEA_OID, sizes, (array, index, at) => values[index]!.copy(array, at));
}

export function uuidArray(values: readonly (string | null)[]): Buffer {
  const sizes = values.map((value) => (value === null ? -1 : 16));
  return arrayOf(UUID_OID, sizes, (array, index, at) =>
    array.write(values[index]!.replaceAll('-', ''), at, 'hex'),
  );
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
  for (const [index, size] of sizes.entries()) {
    at = array.writeInt32BE(size, at);
    if (size < 0) continue;
    write(array, index, at);
    at += size;
  }
  return array;
}
