import { pauses } from '#src/http/turns.ts';
import { ImportFailure } from './endings.ts';
import { readText } from './text.ts';

/** What is told of an XML document while it is read, names without their prefixes. */
export type XmlSink = {
  /** Whether text is wanted where the document is now; it comes in pieces. */
  readonly listening?: boolean;
  /** `attributes` are as they stand in the document: see {@link attribute}. */
  open(name: string, parent: string, attributes: string): void;
  close?(name: string, parent: string): void;
  text?(text: string): void;
};

/** The longest tag or comment, in characters. */
const LONGEST_TOKEN = 64 * 1024;
const LONGEST_REFERENCE = 10;
const DEEPEST = 64;
/** How much is read at a time between two looks at what was found. */
const BLOCK_BYTES = 64 * 1024;
/** How many characters are read between two looks at the clock: few, since a cell of twenty may stand for 8 K. */
const PIECE = 4 * 1024;

const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const COLON = 58;
const LESS = 60;
const GREATER = 62;

const REFERENCES = new Map(Object.entries({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }));

/**
 * Reads a document as far as workbooks need it, in bounded memory, and gives a turn after each piece. There are no
 * document types and no entities but the five of XML; what is not well-formed, or ends before its root does, is refused.
 */
export async function* readXml(chunks: AsyncIterable<Buffer>, sink: XmlSink): AsyncGenerator<void> {
  const scanner = new Scanner(sink);
  const pause = pauses();
  for await (const block of readText(chunks, BLOCK_BYTES)) {
    for (let at = 0; at < block.length; at += PIECE) {
      scanner.read(block.slice(at, at + PIECE));
      await pause();
    }
    yield;
  }
  scanner.end();
}

/** Reads a document whose sink keeps what it wants. */
export async function readWholeXml(chunks: AsyncIterable<Buffer>, sink: XmlSink): Promise<void> {
  for await (const _ of readXml(chunks, sink));
}

class Scanner {
  #sink: XmlSink;
  #text = '';
  #open: string[] = [];
  #started = false;

  constructor(sink: XmlSink) {
    this.#sink = sink;
  }

  read(block: string): void {
    const text = this.#text + block;
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === LESS ? this.#markup(text, at) : this.#characters(text, at);
      if (next === at) break;
      at = next;
    }
    this.#text = text.slice(at);
    if (this.#text.length > LONGEST_TOKEN) throw damaged();
  }

  end(): void {
    if (this.#text !== '' || this.#open.length > 0 || !this.#started) throw damaged();
  }

  /** Each of these gives where it has come to: `at` itself where it takes more text to go on. */
  #characters(text: string, at: number): number {
    const found = text.indexOf('<', at);
    // A reference that may go on in the next block waits for it.
    const reference = found === -1 ? text.lastIndexOf('&') : -1;
    const split =
      reference >= at && text.length - reference < LONGEST_REFERENCE && !text.includes(';', reference);
    const end = found === -1 ? (split ? reference : text.length) : found;
    if (this.#sink.listening) this.#sink.text?.(plain(text.slice(at, end)));
    else if (this.#open.length === 0 && text.slice(at, end).trim() !== '') throw damaged();
    return end;
  }

  #markup(text: string, at: number): number {
    const first = text.charCodeAt(at + 1);
    if (first === SLASH) return this.#endTag(text, at);
    if (text.startsWith('<?', at)) return after(text, '?>', at);
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4, at);
    if (text.startsWith('<![CDATA[', at)) return this.#verbatim(text, at);
    if (text.startsWith('<!', at) && text.length - at >= '<![CDATA['.length) throw damaged();
    return text.startsWith('<!', at) || at + 1 === text.length ? at : this.#startTag(text, at);
  }

  #verbatim(text: string, at: number): number {
    const next = after(text, ']]>', at);
    if (next > at && this.#sink.listening) this.#sink.text?.(text.slice(at + '<![CDATA['.length, next - 3));
    return next;
  }

  #startTag(text: string, at: number): number {
    let colon = at;
    let end = at + 1;
    let char = text.charCodeAt(end);
    while (char > SPACE && char !== GREATER && char !== SLASH) {
      if (char === COLON) colon = end;
      char = text.charCodeAt(++end);
    }
    const name = text.slice(colon + 1, end);
    const from = end;
    for (; char !== GREATER; char = text.charCodeAt(++end)) {
      if (char === QUOTE || char === APOSTROPHE) {
        end = text.indexOf(char === QUOTE ? '"' : "'", end + 1);
        if (end === -1) return at;
      } else if (char === LESS) throw damaged();
      if (end >= text.length) return at;
    }
    const closed = text.charCodeAt(end - 1) === SLASH;
    const depth = this.#open.length;
    const parent = depth === 0 ? '' : this.#open[depth - 1]!;
    if (name === '' || depth === DEEPEST || (depth === 0 && this.#started)) throw damaged();
    this.#started = true;
    this.#sink.open(name, parent, text.slice(from, closed ? end - 1 : end));
    if (closed) this.#sink.close?.(name, parent);
    else this.#open.push(name);
    return end + 1;
  }

  #endTag(text: string, at: number): number {
    const end = text.indexOf('>', at);
    if (end === -1) return at;
    const name = this.#open.pop();
    if (name === undefined) throw damaged();
    // A prefix is that of the start, or the name would differ.
    const same = text.startsWith(name, at + 2) && at + 2 + name.length === end;
    if (
      !same &&
      text
        .slice(at + 2, end)
        .trimEnd()
        .replace(/^[^:]*:/, '') !== name
    )
      throw damaged();
    this.#sink.close?.(name, this.#open.at(-1) ?? '');
    return end + 1;
  }
}

/** Where the text after the next `mark` begins; `back` where there is none. */
function after(text: string, mark: string, from: number, back = from): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? back : found + mark.length;
}

/** Tells the attributes of a tag, until it is told that this was enough. */
export function eachAttribute(attributes: string, tell: (name: string, value: string) => boolean): void {
  for (let at = 0; ; ) {
    while (attributes.charCodeAt(at) <= SPACE) at++;
    if (at >= attributes.length) return;
    const equals = attributes.indexOf('=', at);
    let from = equals + 1;
    while (attributes.charCodeAt(from) <= SPACE) from++;
    const quote = attributes.charCodeAt(from);
    const end = attributes.indexOf(quote === QUOTE ? '"' : "'", from + 1);
    if (equals === -1 || end === -1 || (quote !== QUOTE && quote !== APOSTROPHE)) throw damaged();
    if (tell(attributes.slice(at, equals).trimEnd(), plain(attributes.slice(from + 1, end)))) return;
    at = end + 1;
  }
}

/** The value of one of a tag's attributes. A name that begins with a colon is found under any prefix. */
export function attribute(attributes: string, name: string): string | undefined {
  let found: string | undefined;
  eachAttribute(attributes, (stated, value) => {
    const matches = name.startsWith(':')
      ? stated.endsWith(name) && !stated.startsWith('xmlns:')
      : stated === name;
    if (matches) found = value;
    return matches;
  });
  return found;
}

/** Text with its references resolved. */
function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]*);?/g, (reference, name: string) => {
    const code = /^#(?:x([\dA-Fa-f]{1,6})|(\d{1,7}))$/.exec(name);
    const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : 0;
    const resolved = code ? pointOf(point) : REFERENCES.get(name);
    if (resolved === undefined || !reference.endsWith(';')) throw damaged();
    return resolved;
  });
}

function pointOf(code: number): string | undefined {
  const exists = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return exists ? String.fromCodePoint(code) : undefined;
}

function damaged(): ImportFailure {
  return new ImportFailure('workbook_damaged');
}
