import { setTimeout as delay } from 'node:timers/promises';
import { describeDatabaseError, transaction } from '#src/db/index.ts';
import type { ColumnOf, Header, ImportKind } from './columns.ts';
import { ChunkContended } from './endings.ts';
import { HeldLines } from './held-lines.ts';
import { countChunk, type PlacedRejection, writeProgress, writeRejections } from './import-table.ts';
import type { Rejection } from './lines.ts';
import { mask } from './mask.ts';
import type { Applying, Bundle, Plan } from './plan.ts';
import { type ImportFormat, openRows } from './read-rows.ts';
import { RunTable } from './run-table.ts';
import type { Upload } from './upload.ts';

const PROGRESS_MS = 250;
const REJECTIONS_AT_ONCE = 1_000;
/** Further ones tell nobody more, and a file of faults alone must not fill the database. */
const MOST_REJECTIONS = 100_000;
const MOST_OF_LINE = 20;
const ATTEMPTS = 6;
const DEADLOCK_OR_SERIALIZATION = /^40(P01|001)$/;

type Run<K extends ImportKind, Row> = {
  applying: Applying;
  kind: K;
  format: ImportFormat;
  plan: Plan<K, Row>;
  heldLines: number | undefined;
};

/** A file that has been read to its end, of which nothing is applied yet. */
export type Received<K extends ImportKind, Row> = {
  header: Header<K>;
  held: HeldLines<Row>;
  /** How many rejections are stored already. */
  rejections: number;
};

/** Reads the whole upload into held lines, and names each line that cannot be read. */
export async function receiveLines<K extends ImportKind, Row>(
  { applying, kind, format, plan, heldLines }: Run<K, Row>,
  upload: Upload,
): Promise<Received<K, Row>> {
  const { deps, importId, today } = applying;
  const { header, batches } = await openRows(kind, format, upload, plan.reader, today);
  const held = new HeldLines<Row>(new RunTable(deps, importId), heldLines);
  let linesRead = 0;
  let rejections = 0;
  let waiting: PlacedRejection[] = [];
  const writeWaiting = async (least: number) => {
    if (waiting.length < least) return;
    await writeRejections(deps.database.pool, importId, waiting);
    waiting = [];
  };
  const reject = (line: number, each: Rejection) => {
    if (rejections < MOST_REJECTIONS) waiting.push({ ...each, line, sequence: rejections++ });
  };
  let told = performance.now();
  for await (const batch of batches) {
    for (const result of batch) {
      const key = plan.keyOf(result.row, linesRead++);
      if (result.ok) held.add(key, result.line, result.row);
      else {
        held.addUnread(key);
        for (const each of result.rejections.slice(0, MOST_OF_LINE)) reject(result.line, each);
      }
    }
    await writeWaiting(REJECTIONS_AT_ONCE);
    await held.settle(upload.bytes);
    if (performance.now() - told < PROGRESS_MS) continue;
    await writeProgress(deps, importId, { bytesRead: upload.bytes, linesRead });
    told = performance.now();
  }
  await writeWaiting(1);
  await writeProgress(deps, importId, { bytesRead: upload.bytes, linesRead });
  return { header, held, rejections };
}

/** Applies what was received, chunk by chunk, each in one transaction with its counts. */
export async function applyChunks<K extends ImportKind, Row>(
  { applying, plan }: Run<K, Row>,
  received: Received<K, Row>,
  signal: AbortSignal,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  let sequence = received.rejections;
  for await (const chunk of received.held.chunks(plan.linesAtOnce)) {
    sequence += await inTurn(() => {
      signal.throwIfAborted();
      return retried(() => applyChunk(applying, plan, received.header, chunk, sequence));
    });
  }
}

/** Returns how many rejections were stored. */
async function applyChunk<K extends ImportKind, Row>(
  applying: Applying,
  plan: Plan<K, Row>,
  header: Header<K>,
  chunk: readonly Bundle<Row>[],
  sequence: number,
): Promise<number> {
  const { deps, importId } = applying;
  const nameOf = (column: ColumnOf<K>) => header.places.get(column)?.name ?? column;
  return transaction(deps.database, async (tx) => {
    const { faults, ...counts } = await plan.apply(applying, tx, chunk);
    const rejections = faults
      .slice(0, MOST_REJECTIONS - sequence)
      .map(({ line, code, column, value }, index) => ({
        sequence: sequence + index,
        line,
        code,
        ...(column !== undefined && { column: nameOf(column) }),
        ...(value !== undefined && { value: mask(value, false) }),
      }));
    await writeRejections(tx.client, importId, rejections);
    await countChunk(tx.client, importId, counts);
    return rejections.length;
  });
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const state = describeDatabaseError(error)?.sqlState ?? '';
      const again = error instanceof ChunkContended || DEADLOCK_OR_SERIALIZATION.test(state);
      if (!again || attempt === ATTEMPTS) throw error;
      await delay(Math.random() * 50 * attempt);
    }
  }
}
