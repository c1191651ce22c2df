import { type Bundle, type BundleKey, FRAME_BYTES } from './bundle.ts';
import type { ImportKind } from './columns.ts';
import type { LineFault, Outcome } from './plan.ts';

const BLOCK = 500;

/** The key of a line in a file whose lines are settled one by one: blocks of some hundred, in the file's order. */
export function blockOf(index: number): BundleKey {
  return { npp: '', period: String(Math.floor(index / BLOCK)).padStart(12, '0') };
}

/** A row as JSON, for kinds whose files are small enough. */
export function packRow(row: object): Buffer {
  return Buffer.from(JSON.stringify(row));
}

/** The lines of blocks in one list, as {@link packRow} packed them, and how many lines could not be read. */
export function linesOf<Row>(bundles: readonly Bundle[]): {
  lines: { line: number; row: Row }[];
  unread: number;
} {
  const lines: { line: number; row: Row }[] = [];
  for (const { lines: packed } of bundles) {
    for (let at = 0; at < packed.length; ) {
      const from = at + FRAME_BYTES;
      const end = from + packed.readUInt32BE(at + 4);
      lines.push({ line: packed.readUInt32BE(at), row: JSON.parse(packed.toString('utf8', from, end)) });
      at = end;
    }
  }
  return { lines, unread: bundles.reduce((sum, { unread }) => sum + unread, 0) };
}

/** The outcome of lines that are each a group of their own. */
export function lineOutcome<K extends ImportKind>(
  read: number,
  unread: number,
  faults: LineFault<K>[],
): Outcome<K> {
  const rejected = new Set(faults.map(({ line }) => line)).size;
  return {
    groupsAccepted: read - rejected,
    groupsRejected: rejected + unread,
    linesAccepted: read - rejected,
    linesRejected: rejected + unread,
    faults,
  };
}
