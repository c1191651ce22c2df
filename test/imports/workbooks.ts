import { crc32, deflateRawSync } from 'node:zlib';
import { ImportFailure } from '#src/imports/endings.ts';
import { readXlsx } from '#src/imports/xlsx.ts';
import { Room } from '#src/imports/xlsx-room.ts';
import { all, brief, pieces } from './reading.ts';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A file of an archive; what differs from the truth is a lie that the archive tells. */
export type Packed = {
  content: Buffer | string;
  stored?: boolean;
  flags?: number;
  checksum?: number;
  unpacked?: number;
  /** Sizes and checksum stand behind the content, as writers that stream do it. */
  descriptor?: boolean;
  /** Sizes and place stand in 64 bits. */
  long?: boolean;
  /** The name in front of the content, where it is another. */
  localName?: string;
  /** The place of another file whose content this shares. */
  over?: string;
};

/** A ZIP archive made by hand, whose directory stands at its end. */
export function zip(
  files: Record<string, Packed | string> | [string, Packed | string][],
  { comment = '', long = false }: { comment?: string; long?: boolean } = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  const places = new Map<string, number>();
  let at = 0;
  for (const [name, given] of Array.isArray(files) ? files : Object.entries(files)) {
    const file: Packed = typeof given === 'string' ? { content: given } : given;
    const content = Buffer.from(file.content as string);
    const packed = file.stored ? content : deflateRawSync(content);
    const sum = file.checksum ?? crc32(content);
    const unpacked = file.unpacked ?? content.length;
    const flags = (file.flags ?? 0x800) | (file.descriptor ? 8 : 0);
    const place = file.over === undefined ? at : places.get(file.over)!;
    places.set(name, place);
    if (file.over === undefined) {
      const local = Buffer.from(file.localName ?? name);
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt16LE(flags, 6);
      header.writeUInt16LE(file.stored ? 0 : 8, 8);
      const known = file.descriptor ? [0, 0, 0] : [sum, packed.length, unpacked];
      for (const [index, value] of known.entries()) header.writeUInt32LE(value, 14 + index * 4);
      header.writeUInt16LE(local.length, 26);
      const behind = file.descriptor ? words(0x08074b50, sum, packed.length, unpacked) : Buffer.alloc(0);
      parts.push(header, local, packed, behind);
      at += header.length + local.length + packed.length + behind.length;
    }
    const entry = Buffer.alloc(46);
    const extra = file.long ? extraOf(unpacked, packed.length, place) : Buffer.alloc(0);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(file.stored ? 0 : 8, 10);
    entry.writeUInt32LE(sum, 16);
    entry.writeUInt32LE(file.long ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(file.long ? 0xffffffff : unpacked, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(file.long ? 0xffffffff : place, 42);
    directory.push(Buffer.concat([entry, Buffer.from(name), extra]));
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(long ? 0xffff : directory.length, 8);
  end.writeUInt16LE(long ? 0xffff : directory.length, 10);
  end.writeUInt32LE(long ? 0xffffffff : listed.length, 12);
  end.writeUInt32LE(long ? 0xffffffff : at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  const longEnd = long ? endIn64(directory.length, listed.length, at) : Buffer.alloc(0);
  return Buffer.concat([...parts, listed, longEnd, end, Buffer.from(comment)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, index * 4);
  return bytes;
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8);
  return bytes;
}

function extraOf(...values: number[]): Buffer {
  const field = longs(...values);
  const head = Buffer.alloc(4);
  head.writeUInt16LE(1, 0);
  head.writeUInt16LE(field.length, 2);
  return Buffer.concat([head, field]);
}

function endIn64(count: number, length: number, at: number): Buffer {
  const record = Buffer.concat([
    words(0x06064b50),
    longs(44),
    Buffer.alloc(12),
    longs(count, count, length, at),
  ]);
  return Buffer.concat([record, words(0x07064b50, 0), longs(at + length), words(1)]);
}

/** What is in a workbook; each sheet is the XML between `<sheetData>` and its end. */
export type Book = {
  sheets?: { name?: string; state?: string; rows: string; around?: (rows: string) => string }[];
  rows?: string;
  strings?: string;
  formats?: string;
  styles?: string;
  properties?: string;
  computing?: string;
};

/** The parts of a workbook by their paths. */
export function partsOf({ rows = '', sheets = [{ rows }], ...book }: Book): Record<string, string> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr ${book.properties ?? ''}/><sheets>${sheets
        .map(
          ({ name, state = 'visible' }, index) =>
            `<sheet name="${name ?? index}" sheetId="${index + 1}" state="${state}" r:id="r${index + 1}"/>`,
        )
        .join('')}</sheets><calcPr ${book.computing ?? ''}/></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${[
      ...sheets.map((_, index) => relation(`r${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
      relation('st', 'styles', 'styles.xml'),
      relation('ss', 'sharedStrings', '/xl/sharedStrings.xml'),
    ].join('')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${book.formats ?? ''}</numFmts><cellXfs>${
      book.styles ?? ''
    }</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${book.strings ?? ''}</sst>`,
  };
  for (const [index, sheet] of sheets.entries()) {
    const data = `<sheetData>${sheet.rows}</sheetData>`;
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `<worksheet xmlns="${MAIN}">${sheet.around?.(data) ?? data}</worksheet>`;
  }
  return parts;
}

/** A workbook made by hand, packed. */
export function workbookOf(book: Book): Buffer {
  return zip(partsOf(book));
}

/** A row of cells that hold their text themselves. */
export function textRow(cells: readonly string[]): string {
  return `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`).join('')}</row>`;
}

/** Text as it may stand in XML; what cannot is escaped as the format does it. */
export function escaped(text: string): string {
  return text
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu,
      (char) => `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`,
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#xD;');
}

const ROOM = 256 * 1024 * 1024;

/** The lines of a workbook as {@link brief} gives them, or the code of its refusal. */
export async function outcome(file: Buffer, room = new Room(ROOM), ...ends: number[]): Promise<unknown> {
  try {
    return brief(await all(readXlsx(pieces(file, ...ends), room)));
  } catch (error) {
    if (error instanceof ImportFailure) return error.code;
    throw error;
  }
}

/** The cells of the first row of a sheet with these cells in XML. */
export async function cellsOf(cells: string, book: Book = {}): Promise<unknown> {
  const found = await outcome(workbookOf({ rows: `<row>${cells}</row>`, ...book }));
  return Array.isArray(found) ? (found[0]?.[1] ?? []) : found;
}
