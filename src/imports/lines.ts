import type { ImportCode } from './messages.ts';

/** What is wrong with a line, or with one cell of it. `value` is what the file says, masked where personal. */
export type Rejection = { code: ImportCode; column?: string; value?: string };

/**
 * A line of an import file: its cells as text, or why it is refused and the cells before that place, which may tell
 * what the line belongs to. `line` is the physical line of the file that it begins on, from 1.
 */
export type Line = { line: number; cells: readonly string[]; rejections: readonly Rejection[] | undefined };

/** The longest line, in characters, quoted line breaks included. */
export const MAX_LINE = 64 * 1024;

/** The most columns of a line. */
export const MAX_COLUMNS = 100;

/** A line that is refused as a whole. */
export function brokenLine(
  line: number,
  rejections: readonly Rejection[],
  cells: readonly string[] = [],
): Line {
  return { line, cells, rejections };
}
