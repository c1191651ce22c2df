import { ByBytes } from './by-bytes.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const PLUS = 43;
const COLON = 58;
const LETTER_E = 69;
const SMALL_E = 101;
const TILDE = 126;
/** No line is longer that is read here. */
const LONGEST = 8_192;
const MOST_KNOWN = 1_000;
/** What means something of its own at the beginning of a cell: quotes and the apostrophe, formulas, Excel's errors. */
const MEANT = new Set(Buffer.from('"\'=#'));

/** The cells of one line of printable ASCII; where each begins and ends in the bytes it was cut from. */
export class PlainCells {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  #width: number;

  constructor(width: number) {
    this.#width = width;
    this.starts = new Int32Array(width);
    this.ends = new Int32Array(width);
  }

  /**
   * Cuts the line that begins at `from`, and gives where the next one begins: cells that are not there are empty.
   * Negative, where the line is not all there, has more cells than columns, or anything but printable ASCII, whole
   * cells in quotes among it.
   */
  cut(bytes: Buffer, from: number, separator: number): number {
    const limit = Math.min(bytes.length, from + LONGEST);
    let cell = 0;
    let start = from;
    let at = from;
    for (;;) {
      let end = -1;
      if (at < limit && bytes[at] === QUOTE) {
        start = ++at;
        while (at < limit && bytes[at] !== QUOTE && bytes[at]! >= SPACE && bytes[at]! <= TILDE) at += 1;
        if (at >= limit || bytes[at] !== QUOTE) return -1;
        end = at++;
      } else {
        start = at;
        while (at < limit && bytes[at] !== separator && bytes[at]! >= SPACE && bytes[at]! <= TILDE) at += 1;
        end = at;
      }
      if (at >= limit) return -1;
      this.starts[cell] = start;
      this.ends[cell] = end;
      cell += 1;
      if (bytes[at] === separator) {
        if (cell === this.#width) return -1;
        at += 1;
        continue;
      }
      if (bytes[at] === CR) at += 1;
      if (at >= limit || bytes[at] !== LF) return -1;
      for (; cell < this.#width; cell += 1) this.starts[cell] = this.ends[cell] = at;
      return at + 1;
    }
  }

  /** Whether every cell of the line that was cut last is empty. */
  get blank(): boolean {
    for (let cell = 0; cell < this.#width; cell += 1) if (this.starts[cell] !== this.ends[cell]) return false;
    return true;
  }
}

/** The number that so many digits make; negative where they are not digits. */
export function digitsAt(bytes: Buffer, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Whether printable ASCII is text that means just what it says, with single spaces inside it. */
export function isPlainText(bytes: Buffer, start: number, end: number): boolean {
  if (start === end || MEANT.has(bytes[start]!)) return false;
  let before = SPACE;
  for (let at = start; at < end; at += 1) {
    const char = bytes[at]!;
    if ((char === SPACE && before === SPACE) || char === PLUS || char === COLON) return false;
    if (isDigit(char) && (before === LETTER_E || before === SMALL_E)) return false;
    before = char;
  }
  return before !== SPACE;
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57;
}

/** Reads the cells of a column whose texts repeat from line to line: each is parsed once. */
export class RepeatingCell<T> {
  #parse: (text: string) => T;
  #known: ByBytes<T>;

  constructor(parse: (text: string) => T) {
    this.#parse = parse;
    this.#known = new ByBytes(parse);
  }

  read(bytes: Buffer, start: number, end: number): T {
    const value = this.#known.of(bytes, start, end);
    if (this.#known.size > MOST_KNOWN) this.#known = new ByBytes(this.#parse);
    return value;
  }
}
