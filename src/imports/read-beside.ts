import type { Line } from './lines.ts';
import type { PlainLines } from './plain-lines.ts';
import { decoderOf, isUtf16 } from './text.ts';

const LF = 10;
const MARK_BYTES = 2;
const LARGEST_PIECE = 256 * 1024;
const SEPARATORS = new Set(Buffer.from(',;\t|'));

/** What is asked of the general reader: see `Scanner`. */
type General = {
  readonly settled: number | undefined;
  readonly line: number;
  read(text: string, last: boolean): Line[];
  pass(lines: number): void;
};

/**
 * Reads a file by two readers: plain lines go to the one, and what it leaves to the general one, in pieces that end
 * with a line and double until the general one has come to rest. In the end it has all but its end of file.
 */
export async function* readBeside(
  plain: PlainLines<never>,
  chunks: AsyncIterable<Buffer>,
  general: General,
): AsyncGenerator<Line[]> {
  let decode: ((bytes: Buffer, last: boolean) => string) | undefined;
  let bytes: Buffer = Buffer.alloc(0);
  let least = 0;
  let wide = false;
  for await (const chunk of chunks) {
    for (const part of atFirstLine(chunk)) {
      bytes = bytes.length === 0 ? part : Buffer.concat([bytes, part]);
      if (bytes.length < MARK_BYTES) continue;
      if (decode === undefined) {
        decode = decoderOf(bytes);
        wide = isUtf16(bytes);
      }
      let at = 0;
      for (;;) {
        const separator = general.settled;
        if (separator !== undefined && SEPARATORS.has(separator) && !wide) {
          const next = plain.take(bytes, at, general.line, separator);
          general.pass(plain.passed);
          if (next > at) least = 0;
          at = next;
        }
        const end = bytes.indexOf(LF, Math.min(at + least, bytes.length)) + 1;
        if (end === 0 && bytes.length - at < LARGEST_PIECE) break;
        const piece = bytes.subarray(at, end || bytes.length);
        yield general.read(decode(piece, false), false);
        at += piece.length;
        least = Math.min(piece.length * 2, LARGEST_PIECE / 2);
      }
      bytes = bytes.subarray(at);
    }
    yield [];
  }
  decode ??= decoderOf(bytes);
  yield general.read(decode(bytes, true), false);
}

/** The end of the line that the bytes before have begun, and the rest: only the former has to be joined to them. */
function atFirstLine(chunk: Buffer): Buffer[] {
  const end = chunk.indexOf(LF) + 1;
  return [chunk.subarray(0, end), chunk.subarray(end)].filter(({ length }) => length > 0);
}
