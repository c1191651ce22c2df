import type { ImportCode } from './messages.ts';

/** What is wrong with a line, or with one cell of it. `value` is what the file says, masked where personal. */
export type Rejection = { code: ImportCode; column?: string; value?: string };

/**
 * A line of an import file: its cells as text, or why it could not be cut into cells. `line` is the physical line of
 * the file that it begins on, from 1.
 */
export type Line = { line: number; cells: readonly string[]; rejections: readonly Rejection[] | undefined };

/** The longest line, in characters, quoted line breaks included. */
export const MAX_LINE = 64 * 1024;

/** A line that could not be cut into cells. */
export function brokenLine(line: number, ...rejections: Rejection[]): Line {
  return { line, cells: [], rejections };
}
