import type { Header, ImportKind } from './columns.ts';

/**
 * A reader of the lines of a CSV file that need no general one: nothing but printable ASCII, and values that it knows at
 * sight. What it takes means the same as the general reader would have read; all else it leaves to that.
 */
export type PlainLines<K extends ImportKind> = {
  /** Tells it the columns; before that it takes nothing. */
  open(header: Header<K>): void;
  /**
   * Takes lines from `at` on, as many as it can, of which the first is the `line`th of the file; returns where the
   * first one begins that it did not take.
   */
  take(bytes: Buffer, at: number, line: number, separator: number): number;
  /** How many lines it took in the last call, blank ones among them. */
  readonly passed: number;
  /** How many lines it took in all, without blank ones. */
  readonly lines: number;
};
