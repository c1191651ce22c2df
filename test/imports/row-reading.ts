import type { RowResult } from '#src/imports/cells.ts';
import { type Header, type ImportKind, readHeader } from '#src/imports/columns.ts';
import { readCsv } from '#src/imports/csv.ts';
import { employerRows } from '#src/imports/employer-rows.ts';
import { evidenceRows } from '#src/imports/evidence-rows.ts';
import type { Line } from '#src/imports/lines.ts';
import { paymentRows } from '#src/imports/payment-rows.ts';
import { rosterRows } from '#src/imports/roster-rows.ts';
import { all, pieces } from './reading.ts';

const TODAY = '2026-11-20';
/** The reader of lines of each kind, on the day 2026-11-20. */
export const READERS = {
  employers: (header: Header<'employers'>) => employerRows(header, TODAY),
  rosters: (header: Header<'rosters'>) => rosterRows(header, TODAY),
  payments: (header: Header<'payments'>) => paymentRows(header, TODAY),
  evidence: (header: Header<'evidence'>) => evidenceRows(header, TODAY),
} as Record<ImportKind, (header: unknown) => (line: Line) => RowResult<Record<string, unknown>>>;

/** All rows of a CSV file, or their rejections. */
export async function rowsOf(kind: ImportKind, file: string | Buffer) {
  const [header, ...lines] = await all(readCsv(pieces(Buffer.from(file))));
  const columns = readHeader(kind, header!.cells);
  if (!columns.ok) throw new Error(columns.code);
  return lines.map(READERS[kind](columns.header)).map((result) => {
    if (result.ok) return result;
    const { row: _, ...refusal } = result;
    return refusal;
  });
}
