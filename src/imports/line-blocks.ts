import type { ImportKind } from './columns.ts';
import type { Bundle, BundleKey, LineFault, Outcome } from './plan.ts';

const BLOCK = 500;

/** The key of a line in a file whose lines are settled one by one: blocks of some hundred, in the file's order. */
export function blockOf(index: number): BundleKey {
  return { npp: '', period: String(Math.floor(index / BLOCK)).padStart(12, '0') };
}

/** The lines of blocks in one list, and how many lines could not be read. */
export function linesOf<Row>(bundles: readonly Bundle<Row>[]): Pick<Bundle<Row>, 'lines' | 'unread'> {
  return {
    lines: bundles.flatMap(({ lines }) => lines),
    unread: bundles.reduce((sum, { unread }) => sum + unread, 0),
  };
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
