/** Size of the pieces that text is read in; memory follows it, not the size of the file. */
const BLOCK_BYTES = 256 * 1024;

/** Stands in decoded text for bytes that are no character; text with it in is refused, never stored. */
export const BROKEN = '\uFFFD';

/**
 * Bytes as blocks of text, whatever pieces they come in: UTF-8, or UTF-16 where a byte order mark says so. The mark
 * itself is dropped. Bytes that are no character become {@link BROKEN}.
 */
export async function* readText(
  chunks: AsyncIterable<Buffer>,
  blockBytes = BLOCK_BYTES,
): AsyncGenerator<string> {
  let decode: ((bytes: Buffer, last: boolean) => string) | undefined;
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += blockBytes) {
      const piece = chunk.subarray(from, from + blockBytes);
      waiting.push(piece);
      size += piece.length;
      if (size < blockBytes) continue;
      const bytes = Buffer.concat(waiting);
      decode ??= decoderOf(bytes);
      yield decode(bytes, false);
      waiting = [];
      size = 0;
    }
  }
  const bytes = Buffer.concat(waiting);
  decode ??= decoderOf(bytes);
  yield decode(bytes, true);
}

/** Decodes bytes as {@link readText} does, given the first two of them; what a piece leaves unfinished waits for the next. */
export function decoderOf(first: Buffer): (bytes: Buffer, last: boolean) => string {
  if (!isUtf16(first)) return utf8Decoder();
  const decoder = new TextDecoder(first[0] === 0xff ? 'utf-16le' : 'utf-16be');
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** Whether a file that begins so is in UTF-16. */
export function isUtf16(first: Buffer): boolean {
  const mark = first.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff';
}

/** TextDecoder would do, but streams at a fraction of the speed of Buffer, which plain ASCII passes through untouched. */
function utf8Decoder(): (bytes: Buffer, last: boolean) => string {
  let unfinished: Buffer = Buffer.alloc(0);
  let started = false;
  return (block, last) => {
    const bytes = unfinished.length > 0 ? Buffer.concat([unfinished, block]) : block;
    const end = last ? bytes.length : endOfCharacters(bytes);
    unfinished = bytes.subarray(end);
    const text = bytes.toString('utf8', 0, end);
    const marked = !started && text.startsWith('\uFEFF');
    started = true;
    return marked ? text.slice(1) : text;
  };
}

/** Where the last character ends that is complete: the bytes after it wait for the next block. */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
