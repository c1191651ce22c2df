import { inflateRawSync } from 'node:zlib';

export type Sheet = { name: string; rows: (string | number | boolean | null)[][] };

const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;

/** The sheets of a workbook, read by nothing that wrote it; throws where a cell holds a formula. */
export function readWorkbook(file: Buffer): Sheet[] {
  const parts = unzip(file);
  const xml = (path: string) => {
    const part = parts.get(path);
    if (part === undefined) throw new Error(`${path} is missing among ${[...parts.keys()].join(', ')}`);
    return part;
  };
  const types = xml('[Content_Types].xml');
  const targets = new Map(
    [...xml('xl/_rels/workbook.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  return [...xml('xl/workbook.xml').matchAll(/<sheet [^>]*>/g)].map(([tag]) => {
    const path = `xl/${targets.get(attribute(tag, 'r:id'))}`;
    if (!types.includes(`/${path}`)) throw new Error(`${path} has no content type`);
    return { name: attribute(tag, 'name')!, rows: rowsOf(xml(path)) };
  });
}

function rowsOf(sheet: string): Sheet['rows'] {
  if (/<f[\s>]/.test(sheet)) throw new Error('a cell holds a formula');
  return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, cells = '']) => {
    const row: Sheet['rows'][number] = [];
    for (const [cell] of cells.matchAll(/<c [^>]*?(?:\/>|>.*?<\/c>)/gs)) {
      const column = placeOf(/^[A-Z]+/.exec(attribute(cell, 'r')!)![0]);
      while (row.length < column) row.push(null);
      row.push(valueOf(cell));
    }
    return row;
  });
}

function valueOf(cell: string): string | number | boolean {
  const type = attribute(cell, 't');
  const value = /<v>(.*?)<\/v>/s.exec(cell)?.[1];
  if (type === 'inlineStr') return textOf(/<t[^>]*>(.*?)<\/t>/s.exec(cell)?.[1] ?? '');
  if (type === 'b') return value === '1';
  if (type === undefined && value !== undefined && value !== '') return Number(value);
  throw new Error(`a cell of another kind: ${cell}`);
}

function placeOf(letters: string): number {
  return Buffer.from(letters).reduce((place, letter) => place * 26 + letter - 64, 0) - 1;
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function textOf(xml: string): string {
  return xml
    .replace(/&(\w+);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`^<[^>]*? ${name}="([^"]*)"`).exec(tag)?.[1];
}

/** The files of an archive as text, by the directory at its end. */
function unzip(file: Buffer): Map<string, string> {
  const end = file.length - END_BYTES;
  if (file.readUInt32LE(end) !== END_OF_DIRECTORY) throw new Error('not a whole archive');
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, unpacked] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const local = file.readUInt32LE(at + 42);
    const start = local + LOCAL_BYTES + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const content = inflateRawSync(file.subarray(start, start + packed));
    if (content.length !== unpacked) throw new Error('an entry has another length than the directory says');
    parts.set(file.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name), content.toString());
    at += ENTRY_BYTES + name + extra + comment;
  }
  return parts;
}
