import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { LawDataError } from './law-data-error.ts';
import type { LawFiles } from './law-files.ts';

type Path = readonly PropertyKey[];

/** Reads one of the law's files; throws {@link LawDataError} with file and line for all that the schema refuses. */
export function readYaml<T>(files: LawFiles, file: string, schema: z.ZodType<T>): T {
  const text = files.get(file);
  if (text === undefined) throw new LawDataError([`${file}: is missing`]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw new LawDataError(
      broken.map(({ message, pos }) => `${file}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`),
    );
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  throw new LawDataError(
    parsed.error.issues.map((issue) => {
      const path =
        issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
      return `${file}:${lineOf(document, lines, path)}: ${path.join('.') || 'file'}: ${issue.message}`;
    }),
  );
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
