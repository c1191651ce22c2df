/** Digits that a spreadsheet keeps of a number, and that binary floating point keeps of any. */
export const PRECISION = 15;
const FIRST_INEXACT = 10 ** PRECISION;
const ROUNDED = /^\d+(?:[.,]\d+E[+-]?\d+|E\+\d+)$/i;
const LIKE_THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** Whether a text is a large number as programs show one: its digits are lost, and no text looks like it by itself. */
export function isRounded(text: string): boolean {
  return ROUNDED.test(text);
}

/**
 * A number that was a number where it comes from, as the text of a cell: digits, in scientific notation where it has
 * more than are kept of it, as others than these may have been meant.
 */
export function numberText(value: number): string {
  if (Math.abs(value) >= FIRST_INEXACT) return value.toExponential(PRECISION - 1).toUpperCase();
  const rounded = Number(value.toPrecision(PRECISION));
  const text = String(rounded);
  const plain = text.includes('e') ? rounded.toFixed(20).replace(/\.?0+$/, '') : text;
  // In a text these decimals would be thousands.
  return LIKE_THOUSANDS.test(plain) ? `${plain}0` : plain;
}
