import { brokenLine, type Line, MAX_COLUMNS, MAX_LINE } from './lines.ts';
import type { ImportCode } from './messages.ts';
import type { PlainLines } from './plain-lines.ts';
import { readBeside } from './read-beside.ts';
import { BROKEN, readText } from './text.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * Lines of a CSV file in batches, the header among them, in bounded memory: any separator of `,` `;` tab `|`, any line
 * ending, quoted cells. Blank lines, and rows of nothing but separators as spreadsheets leave them behind, are passed
 * over. A line that cannot be read becomes a rejected line, and reading goes on with the next one.
 *
 * @param plain takes the lines that it can before anybody else sees them, and in their order; the header comes alone
 * @param cellsBreak whether quoted cells may hold line breaks: where none does, a quote that is open at a line's end is a
 *   stray one, and must not swallow the lines of others up to the next
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  { plain, cellsBreak = true }: { plain?: PlainLines<never> | undefined; cellsBreak?: boolean } = {},
): AsyncGenerator<Line[]> {
  const scanner = new Scanner(cellsBreak);
  if (plain) yield* readBeside(plain, chunks, scanner);
  else for await (const block of readText(chunks)) yield scanner.read(block, false);
  yield scanner.read('', true);
}

/**
 * Cuts text into lines, block by block. What a block leaves unfinished is read again from its first character with the
 * next block, so that where blocks end makes no difference.
 */
export class Scanner {
  #found: Line[] = [];
  #text = '';
  #last = false;
  #broken = false;
  #line = 1;
  #separator: number | undefined;
  /** Inside a line that was refused before its end was there. */
  #skipping = false;
  readonly #cellsBreak: boolean;

  constructor(cellsBreak: boolean) {
    this.#cellsBreak = cellsBreak;
  }

  /** The separator, where nothing is begun that more text would end: reading may go on behind the next lines. */
  get settled(): number | undefined {
    return this.#text === '' && !this.#skipping ? this.#separator : undefined;
  }

  /** The number of the line that comes next. */
  get line(): number {
    return this.#line;
  }

  /** Counts lines that somebody else read. */
  pass(lines: number): void {
    this.#line += lines;
  }

  read(block: string, last: boolean): Line[] {
    this.#found = [];
    this.#text += block;
    this.#last = last;
    this.#broken = this.#text.includes(BROKEN);
    let at = 0;
    for (;;) {
      const next = this.#step(at);
      if (next === undefined) break;
      at = next;
    }
    this.#text = this.#text.slice(at);
    return this.#found;
  }

  /** Reads what begins at `at` and gives where the next thing begins; undefined where it takes more text to tell. */
  #step(at: number): number | undefined {
    if (at === this.#text.length) return undefined;
    if (this.#skipping) return this.#skip(at);
    if (this.#separator === undefined) return this.#preamble(at);
    return this.#record(at, this.#separator);
  }

  /** Passes over what stands before the header, and learns the separator from it or from the header. */
  #preamble(at: number): number | undefined {
    const next = this.#nextLine(at);
    if (next === undefined && !this.#last && this.#text.length - at <= MAX_LINE) return undefined;
    const line = this.#text.slice(at, next ?? at + MAX_LINE).replace(/[\r\n]+$/, '');
    const stated = /^"?sep=(.)"?$/i.exec(line)?.[1];
    if (stated === undefined && (next === undefined || line.trim() !== '')) {
      this.#separator = mostFrequent(line).charCodeAt(0);
      return at;
    }
    this.#separator = stated?.charCodeAt(0);
    this.#line++;
    return next ?? this.#text.length;
  }

  #record(start: number, separator: number): number | undefined {
    const text = this.#text;
    const limit = start + MAX_LINE;
    const end = Math.min(text.length, limit);
    const moreToCome = !this.#last && text.length <= limit;
    const cells: string[] = [];
    let at = start;
    let breaks = 0;
    let char = 0;
    for (;;) {
      if (at < end && text.charCodeAt(at) === QUOTE) {
        const from = ++at;
        let doubled = false;
        for (; at < end; at++) {
          char = text.charCodeAt(at);
          if (char === QUOTE) {
            if (text.charCodeAt(at + 1) !== QUOTE) break;
            doubled = true;
            at++;
          } else if (char === LF || char === CR) {
            if (!this.#cellsBreak) return this.#refuse(start, 'unterminated_quote', cells);
            if (char === LF || text.charCodeAt(at + 1) !== LF) breaks++;
          }
        }
        if (at >= end) return moreToCome ? undefined : this.#refuse(start, 'unterminated_quote', cells);
        const cell = text.slice(from, at++);
        cells.push(doubled ? cell.replaceAll('""', '"') : cell);
        char = text.charCodeAt(at);
        if (at < end && char !== separator && char !== LF && char !== CR)
          return this.#refuse(start, 'misplaced_quote', cells.slice(0, -1));
      } else {
        const from = at;
        while (at < end) {
          char = text.charCodeAt(at);
          if (char === separator || char === LF || char === CR) break;
          at++;
        }
        cells.push(text.slice(from, at));
      }
      if (at >= end) {
        if (moreToCome) return undefined;
        if (at >= limit) return this.#refuse(start, 'line_too_long', cells.slice(0, -1));
        break;
      }
      if (char !== separator) break;
      if (cells.length === MAX_COLUMNS) return this.#refuse(start, 'too_many_columns', cells);
      at++;
    }
    const next = at === text.length ? at : this.#afterBreak(at);
    if (next === undefined) return undefined;
    if (this.#broken && text.slice(start, at).includes(BROKEN)) {
      this.#found.push(brokenLine(this.#line, [{ code: 'invalid_utf8' }], cells));
    } else if (!isBlank(cells)) {
      this.#found.push({ line: this.#line, cells, rejections: undefined });
    }
    this.#line += breaks + 1;
    return next;
  }

  /** Rejects the physical line that begins at `start`, so that a stray quote costs its own line and no other. */
  #refuse(start: number, code: ImportCode, cells: readonly string[]): number | undefined {
    const next = this.#nextLine(start);
    if (next === undefined && !this.#last && this.#text.length - start <= MAX_LINE) return undefined;
    this.#found.push(brokenLine(this.#line, [{ code }], cells));
    if (next === undefined) this.#skipping = true;
    else this.#line++;
    return next ?? start;
  }

  #skip(at: number): number | undefined {
    const next = this.#nextLine(at);
    if (next !== undefined) {
      this.#skipping = false;
      this.#line++;
      return next;
    }
    // A CR at the very end stays: only what follows tells whether it is a line's end by itself.
    const rest = this.#text.endsWith('\r') && !this.#last ? this.#text.length - 1 : this.#text.length;
    return rest > at ? rest : undefined;
  }

  /** Where the line after the one at `from` begins; undefined where no end of line is there, or half of one. */
  #nextLine(from: number): number | undefined {
    for (let at = from; at < this.#text.length; at++) {
      const char = this.#text.charCodeAt(at);
      if (char === LF || char === CR) return this.#afterBreak(at);
    }
    return undefined;
  }

  #afterBreak(at: number): number | undefined {
    if (this.#text.charCodeAt(at) === LF) return at + 1;
    if (at + 1 === this.#text.length && !this.#last) return undefined;
    return this.#text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }
}

/** `|` also stands between programmes (`JKK|JKM`), so it separates columns only where nothing else does. */
function mostFrequent(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  const best = [';', ',', '\t'].reduce((a, b) => (count(b) > count(a) ? b : a));
  return count(best) > 1 ? best : '|';
}

function isBlank(cells: readonly string[]): boolean {
  return cells[0]!.trim() === '' && cells.every((cell) => cell.trim() === '');
}
