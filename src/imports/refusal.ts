import type { ImportCode } from './messages.ts';

/** Why a text is not a value. There is one instance per code, so that refusing costs nothing. */
export class Refusal {
  readonly code: ImportCode;
  constructor(code: ImportCode) {
    this.code = code;
  }
}

/** The value that a text stands for, or why it stands for none. */
export type Parsed<T> = T | Refusal;

const refusals = new Map<ImportCode, Refusal>();

export function refuse(code: ImportCode): Refusal {
  let refusal = refusals.get(code);
  if (!refusal) {
    refusal = new Refusal(code);
    refusals.set(code, refusal);
  }
  return refusal;
}

/** No identifier, amount, month or list of words is as long, however it is grouped. */
const LONGEST_VALUE = 200;

/** A parser that refuses longer texts than any value has without looking at them. */
export function short<T>(code: ImportCode, parse: (text: string) => Parsed<T>): (text: string) => Parsed<T> {
  return (text) => (text.length > LONGEST_VALUE ? refuse(code) : parse(text));
}

/** A parser that also refuses the values that `test` gives a code for. */
export function checked<T>(
  parse: (text: string) => Parsed<T>,
  test: (value: T) => ImportCode | undefined,
): (text: string) => Parsed<T> {
  return (text) => {
    const value = parse(text);
    if (value instanceof Refusal) return value;
    const code = test(value);
    return code === undefined ? value : refuse(code);
  };
}
