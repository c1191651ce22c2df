import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { LawDataError } from './law-data-error.ts';
import type { LawFiles } from './law-files.ts';

type Path = readonly PropertyKey[];

type Source = { file: string; text: string; document: Document; lines: LineCounter };

/** Where what was read stands, for what is found wrong with it only later. */
const sources = new WeakMap<object, Source>();

/** Each file as it was last: rulesets of several releases share most of their files. */
const newest = new Map<string, Source>();

/** Characters that make a text other than it looks, and the one that stands where a file is not UTF-8. */
const UNSEEN = /(?![\t\n])\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}\ufffd]/u;

/** Reads one of the law's files; throws {@link LawDataError} with file and line for all that the schema refuses. */
export function readYaml<T extends object>(files: LawFiles, file: string, schema: z.ZodType<T>): T {
  const text = files.get(file);
  if (text === undefined) throw new LawDataError([`${file}: is missing`]);
  const known = newest.get(file);
  const source = known?.text === text ? known : sourceOf(file, text);
  newest.set(file, source);
  const parsed = schema.safeParse(source.document.toJS());
  if (parsed.success) {
    sources.set(parsed.data, source);
    return parsed.data;
  }
  throw new LawDataError(
    parsed.error.issues.map((issue) => {
      const path =
        issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
      return faultAt(source, path, issue.message);
    }),
  );
}

function sourceOf(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw new LawDataError(
      broken.map(({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`),
    );
  }
  const source = { file, text, document, lines };
  const hidden = hiddenIn(source);
  if (hidden.length > 0) throw new LawDataError(hidden);
  return source;
}

/** What is wrong at a place of what {@link readYaml} has read, with file and line. */
export function faultIn(read: object, path: Path, message: string): string {
  return faultAt(sources.get(read)!, path, message);
}

function faultAt({ file, document, lines }: Source, path: Path, message: string): string {
  return `${file}:${lineOf(document, lines, path)}: ${path.join('.') || 'file'}: ${message}`;
}

/** What a reader of the file would not see: characters without a shape, and values that stand somewhere else. */
function hiddenIn({ file, text, document, lines }: Source): string[] {
  const faults: string[] = [];
  const refuse = (line: number, message: string) => faults.push(`${file}:${line}: ${message}`);
  const written = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [index, line] of written.entries()) {
    if (UNSEEN.test(line)) refuse(index + 1, 'must not contain control or invisible characters');
  }
  visit(document, {
    Node(_, node) {
      const { line } = lines.linePos(node.range![0]);
      if (isAlias(node) || node.anchor) refuse(line, 'must not have anchors or aliases');
      if (isScalar(node) && typeof node.value === 'string' && UNSEEN.test(node.value))
        refuse(line, 'must not contain control or invisible characters');
    },
  });
  return faults;
}

/** The line of the value, or where it is missing, of what it is missing from. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** The key that leads to the value, because a value may begin a line further down; in a list the value itself. */
function nodeAt(document: Document, path: Path): unknown {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return document.getIn(path, true);
  return parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key;
}
