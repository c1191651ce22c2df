import type { Day } from '#src/domain/civil.ts';
import { pauses } from '#src/http/turns.ts';
import type { RowResult } from './cells.ts';
import { type Header, holdsLines, type ImportKind, readHeader } from './columns.ts';
import { readCsv } from './csv.ts';
import { ImportFailure } from './endings.ts';
import type { Line } from './lines.ts';
import { ndjsonHeader, readNdjson } from './ndjson.ts';
import type { PlainLines } from './plain-lines.ts';
import { readXlsx } from './xlsx.ts';
import type { Terms } from './xlsx-room.ts';

export const FORMATS = ['csv', 'ndjson', 'xlsx'] as const;
export type ImportFormat = (typeof FORMATS)[number];

/** How a kind of file reads its lines. */
export type RowReader<K extends ImportKind, Row> = (
  header: Header<K>,
  today: Day,
) => (line: Line) => RowResult<Row>;

/** The lines of a file as rows, with the columns that they came in. */
export type Rows<K extends ImportKind, Row> = {
  header: Header<K>;
  batches: AsyncGenerator<RowResult<Row>[]>;
};

/** Opens a file up to its first line; throws an {@link ImportFailure} where the file as a whole is refused. */
export async function openRows<K extends ImportKind, Row>(
  kind: K,
  format: ImportFormat,
  chunks: AsyncIterable<Buffer>,
  reader: RowReader<K, Row>,
  today: Day,
  terms: Terms,
  plain?: PlainLines<K>,
): Promise<Rows<K, Row>> {
  const lines = linesOf(kind, format, chunks, terms, plain);
  try {
    const first = await firstLines(lines);
    const header = format === 'ndjson' ? ndjsonHeader(kind) : headerOf(kind, first.shift()!);
    plain?.open(header);
    return { header, batches: rowsOf(first, lines, reader(header, today)) };
  } catch (error) {
    await lines.return(undefined);
    throw error;
  }
}

function linesOf(
  kind: ImportKind,
  format: ImportFormat,
  chunks: AsyncIterable<Buffer>,
  terms: Terms,
  plain?: PlainLines<ImportKind>,
): AsyncGenerator<Line[]> {
  if (format === 'xlsx') return readXlsx(chunks, terms);
  if (format === 'ndjson') return readNdjson(chunks, kind);
  return readCsv(chunks, { plain, cellsBreak: holdsLines(kind) });
}

async function* rowsOf<Row>(
  first: readonly Line[],
  lines: AsyncGenerator<Line[]>,
  read: (line: Line) => RowResult<Row>,
): AsyncGenerator<RowResult<Row>[]> {
  const pause = pauses();
  try {
    yield* slicesOf(first, read, pause);
    for await (const batch of lines) yield* slicesOf(batch, read, pause);
  } finally {
    await lines.return(undefined);
  }
}

/** The rows of a batch, cut where others have their turn; what becomes of the rows takes of the same time. */
async function* slicesOf<Row>(
  batch: readonly Line[],
  read: (line: Line) => RowResult<Row>,
  pause: () => Promise<void> | undefined,
): AsyncGenerator<RowResult<Row>[]> {
  let rows: RowResult<Row>[] = [];
  for (const line of batch) {
    rows.push(read(line));
    const turn = pause();
    if (turn === undefined) continue;
    yield rows;
    rows = [];
    await turn;
  }
  yield rows;
}

async function firstLines(lines: AsyncGenerator<Line[]>): Promise<Line[]> {
  for (;;) {
    const next = await lines.next();
    if (next.done) throw new ImportFailure('empty_file');
    if (next.value.length > 0) return next.value;
  }
}

function headerOf<K extends ImportKind>(kind: K, line: Line): Header<K> {
  if (line.rejections) throw new ImportFailure(line.rejections[0]!.code);
  const result = readHeader(kind, line.cells);
  if (!result.ok) throw new ImportFailure(result.code, result.column);
  return result.header;
}
