import { ImportFailure } from './endings.ts';
import type { Line } from './lines.ts';
import { bareText } from './values.ts';
import { Archive } from './xlsx-archive.ts';
import type { Terms } from './xlsx-room.ts';
import { SheetSink } from './xlsx-sheet.ts';
import { spooled } from './xlsx-spool.ts';
import { openWorkbook, type Workbook } from './xlsx-workbook.ts';
import { readXml } from './xlsx-xml.ts';

const MOST_OF_SHEET = 2 * 1024 ** 3;

/** Records of all kinds tell their employer by one of these. */
const KEY_COLUMN = /^(?:npp|nib)$/i;

/**
 * Lines of an Excel workbook (.xlsx) in batches, the header among them, `line` being the row of the sheet. Cells are
 * as in a CSV file: days as `2026-05-12`, other numbers as digits, formulas by the values that Excel left with them;
 * blank rows are passed over. The packed file and its shared strings are held in memory, the rest is streamed. Throws
 * an {@link ImportFailure} where the file is no sound workbook, or unpacks to more than a sheet can have.
 */
export async function* readXlsx(chunks: AsyncIterable<Buffer>, terms: Terms): AsyncGenerator<Line[]> {
  const share = terms.share();
  try {
    const archive = new Archive(await spooled(chunks, share), terms);
    const book = await openWorkbook(archive, share);
    yield* linesOf(archive, book, await sheetOfRecords(archive, book));
  } finally {
    share.release();
  }
}

/**
 * The visible sheet whose first row names a key column, since notes and lists of codes may stand beside it; where none
 * does, the first. Several would mean that the others are lost.
 */
async function sheetOfRecords(archive: Archive, book: Workbook): Promise<string> {
  const [first, ...others] = book.sheets;
  // One that is listed again and again would be read again and again.
  if (first === undefined || new Set(book.sheets.map((path) => path.toLowerCase())).size < book.sheets.length)
    throw new ImportFailure('workbook_damaged');
  if (others.length === 0) return first;
  const found: string[] = [];
  for (const sheet of book.sheets) {
    if (await hasRecords(linesOf(archive, book, sheet))) found.push(sheet);
    if (found.length > 1) throw new ImportFailure('several_sheets');
  }
  return found[0] ?? first;
}

async function hasRecords(lines: AsyncIterable<Line[]>): Promise<boolean> {
  for await (const [header] of lines) {
    if (header) return header.cells.some((cell) => KEY_COLUMN.test(bareText(cell)));
  }
  return false;
}

async function* linesOf(archive: Archive, book: Workbook, sheet: string): AsyncGenerator<Line[]> {
  const sink = new SheetSink(book);
  for await (const _ of readXml(archive.read(sheet, MOST_OF_SHEET), sink)) yield sink.taken();
  yield sink.taken();
}
