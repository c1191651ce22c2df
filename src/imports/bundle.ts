/** What a line's bundle is called; bundles are settled in the order of their keys. */
export type BundleKey = { npp: string; period: string };

/** What stands before each line of a bundle: its number in the file, and how many bytes its row takes; 4 bytes each. */
export const FRAME_BYTES = 8;

/** About half a million lines of one employer and month: a bundle has to fit into memory to be taken. */
export const LARGEST_BUNDLE = 24 * 1_048_576;

/** Lines that are settled together. */
export type Bundle = {
  key: BundleKey;
  count: number;
  /** Framed rows, as their plan packs them. */
  lines: Buffer;
  /** As much room again, for whoever applies it. */
  spare: Buffer;
  /** How many more lines belong to it that could not be read; each is named as rejected already. */
  unread: number;
  /** It has more lines than can be taken; only the first is here, the others count as unread. */
  oversized?: true;
  /** A bundle before it says that it must not be taken. */
  spoilt?: true;
};

/** Bundles that are settled in one transaction; their bytes are good until it is closed. */
export type Chunk = { bundles: Bundle[]; close(): void };

/** A bundle that is too large, of so many lines, given bytes that begin with its first one. */
export function oversized(key: BundleKey, lines: Buffer, all: number): Bundle {
  const first = Buffer.from(lines.subarray(0, FRAME_BYTES + lines.readUInt32BE(4)));
  const spare = Buffer.alloc(first.length);
  return { key, count: 1, lines: first, spare, unread: all - 1, oversized: true };
}
