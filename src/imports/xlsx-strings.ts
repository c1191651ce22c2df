import { ImportFailure } from './endings.ts';
import type { Share } from './xlsx-room.ts';
import type { XmlSink } from './xlsx-xml.ts';

/** The longest text of a cell, in characters; no column takes one as long. */
export const LONGEST_CELL = 8_192;

const BLOCK_BYTES = 1024 * 1024;
const MOST_BYTES = 64 * BLOCK_BYTES;
const MOST_STRINGS = 4_194_304;
const ROOM_EACH = 6;
/** Of one UTF-16 unit, at most. */
const UTF8_BYTES = 3;
const TOO_LONG = 0xffff;
/** What all cells together may say by shared texts, in bytes: half a kilobyte in each of a million rows. */
const MOST_GIVEN = 512 * 1024 * 1024;
/** How many strings are kept ready: months, programmes and employers come again and again. */
const READY = 4_096;

const ESCAPE = /_x([\dA-Fa-f]{4})_/g;

/** The texts that cells of a workbook share, as UTF-8: some millions would be too many objects. */
export class SharedStrings {
  #share: Share;
  #blocks: Buffer[] = [];
  #used = 0;
  #count = 0;
  #given = 0;
  #starts = new Uint32Array(1_024);
  #lengths = new Uint16Array(1_024);
  #readyAt = new Int32Array(READY).fill(-1);
  #ready: string[] = new Array(READY).fill('');

  constructor(share: Share) {
    this.#share = share;
  }

  /** Adds a text; undefined for one that is too long, which keeps its place. */
  add(text: string | undefined): void {
    if (this.#count === this.#starts.length) this.#grow();
    const most = (text ?? '').length * UTF8_BYTES;
    if (this.#blocks.length === 0 || this.#used + most > BLOCK_BYTES) this.#addBlock();
    const length = this.#blocks.at(-1)!.write(text ?? '', this.#used);
    this.#starts[this.#count] = (this.#blocks.length - 1) * BLOCK_BYTES + this.#used;
    this.#lengths[this.#count++] = text === undefined ? TOO_LONG : length;
    this.#used += length;
  }

  /** The text at a place; undefined for one that is too long. Throws where there is none. */
  at(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count)
      throw new ImportFailure('workbook_damaged');
    const length = this.#lengths[index]!;
    if (length === TOO_LONG) return undefined;
    this.#given += length;
    if (this.#given > MOST_GIVEN) throw new ImportFailure('workbook_unpacks_too_large');
    const slot = index % READY;
    if (this.#readyAt[slot] === index) return this.#ready[slot];
    const start = this.#starts[index]!;
    const from = start % BLOCK_BYTES;
    const text = this.#blocks[(start - from) / BLOCK_BYTES]!.toString('utf8', from, from + length);
    this.#readyAt[slot] = index;
    this.#ready[slot] = text;
    return text;
  }

  #addBlock(): void {
    if (this.#blocks.length * BLOCK_BYTES >= MOST_BYTES)
      throw new ImportFailure('workbook_unpacks_too_large');
    this.#share.take(BLOCK_BYTES);
    this.#blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.#used = 0;
  }

  #grow(): void {
    if (this.#count >= MOST_STRINGS) throw new ImportFailure('workbook_unpacks_too_large');
    this.#share.take(this.#count * ROOM_EACH);
    const starts = new Uint32Array(this.#count * 2);
    const lengths = new Uint16Array(this.#count * 2);
    starts.set(this.#starts);
    lengths.set(this.#lengths);
    this.#starts = starts;
    this.#lengths = lengths;
  }
}

/** Text that comes in pieces, of which no more is kept than a cell may hold. */
export class CellText {
  #text = '';
  #tooLong = false;

  clear(): void {
    this.#text = '';
    this.#tooLong = false;
  }

  add(piece: string): void {
    if (this.#text.length + piece.length > LONGEST_CELL) this.#tooLong = true;
    else this.#text += piece;
  }

  /** The text without the escapes (`_x000D_`) of what XML cannot hold; undefined where it is too long. */
  get(): string | undefined {
    if (this.#tooLong) return undefined;
    if (!this.#text.includes('_x')) return this.#text;
    return this.#text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
}

/** Whether an element holds text of a string, rather than how it is pronounced (`rPh`). */
export function isText(name: string, parent: string): boolean {
  return name === 't' && (parent === 'si' || parent === 'is' || parent === 'r');
}

/** Reads the part of a workbook that holds its shared strings. */
export class SharedStringsSink implements XmlSink {
  listening = false;
  #strings: SharedStrings;
  #text = new CellText();

  constructor(strings: SharedStrings) {
    this.#strings = strings;
  }

  open(name: string, parent: string): void {
    if (isText(name, parent)) this.listening = true;
    else if (name === 'si') this.#text.clear();
  }

  text(piece: string): void {
    this.#text.add(piece);
  }

  close(name: string, parent: string): void {
    if (name === 't') this.listening = false;
    if (name === 'si' && parent === 'sst') this.#strings.add(this.#text.get());
  }
}
