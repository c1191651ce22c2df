import { setTimeout as delay } from 'node:timers/promises';
import { describeDatabaseError, lockTimedOut, type Tx, transaction } from '#src/db/index.ts';
import type { Bundle } from './bundle.ts';
import type { ColumnOf, Header, ImportKind } from './columns.ts';
import { ChunkContended } from './endings.ts';
import { HeldLines } from './held-lines.ts';
import { countChunk, type PlacedRejection, writeProgress, writeRejections } from './import-table.ts';
import type { HeldMemory } from './line-log.ts';
import type { Rejection } from './lines.ts';
import { mask } from './mask.ts';
import type { Applying, Plan } from './plan.ts';
import { type ImportFormat, openRows } from './read-rows.ts';
import { RunTable } from './run-table.ts';
import type { Upload } from './upload.ts';
import type { Terms } from './xlsx-room.ts';

const PROGRESS_MS = 250;
const REJECTIONS_AT_ONCE = 1_000;
/** Further ones tell nobody more, and a file of faults alone must not fill the database. */
const MOST_REJECTIONS = 100_000;
const MOST_OF_LINE = 20;
const ATTEMPTS = 6;
const DEADLOCK_OR_SERIALIZATION = /^40(P01|001)$/;
/** Who waits longer for what others hold begins again, and learns in between whether the import goes on. */
const LOCK_MS = 5_000;

/**
 * A chunk finds everything by keys. While an import fills tables, the database knows less of them than they hold, and
 * would rather read them whole, chunk after chunk; so would plans that a connection keeps of when they were small.
 */
const BY_KEY = `select set_config(name, value, true)
                from (values ('enable_seqscan', 'off'), ('enable_hashjoin', 'off'), ('enable_mergejoin', 'off'),
                             ('max_parallel_workers_per_gather', '0'), ('jit', 'off'),
                             ('plan_cache_mode', 'force_custom_plan')) as setting (name, value)`;

type Run<K extends ImportKind, Row> = {
  applying: Applying;
  kind: K;
  format: ImportFormat;
  plan: Plan<K, Row>;
  heldLines: number | undefined;
  memory: HeldMemory;
  share: Terms['share'];
  signal: AbortSignal;
};

/** A file that has been read to its end, of which nothing is applied yet. */
export type Received<K extends ImportKind> = {
  header: Header<K>;
  held: HeldLines;
  /** How many rejections are stored, or about to be. */
  rejections: number;
};

/** Reads the whole upload into held lines, and names each line that cannot be read. */
export async function receiveLines<K extends ImportKind, Row>(
  run: Run<K, Row>,
  upload: Upload,
): Promise<Received<K>> {
  const { applying, memory, heldLines } = run;
  const held = new HeldLines(new RunTable(applying.deps, applying.importId), memory, heldLines);
  try {
    return await receiveInto(held, run, upload);
  } catch (error) {
    held.close();
    throw error;
  }
}

async function receiveInto<K extends ImportKind, Row>(
  held: HeldLines,
  { applying, kind, format, plan, share, signal }: Run<K, Row>,
  upload: Upload,
): Promise<Received<K>> {
  const { deps, importId, today } = applying;
  const plain = format === 'csv' ? plan.plainLines?.(held, today) : undefined;
  let indexed = 0;
  const progress = () => ({ bytesRead: upload.bytes, linesRead: indexed + (plain?.lines ?? 0) });
  let told = performance.now();
  const tellProgress = async () => {
    if (performance.now() - told < PROGRESS_MS) return;
    await writeProgress(deps, importId, progress());
    told = performance.now();
  };
  const goOn = async () => {
    signal.throwIfAborted();
    // An import that was cancelled learns it here, too.
    await tellProgress();
  };
  const bytes = afterEach(upload, tellProgress);
  const terms = { share, goOn };
  const { header, batches } = await openRows(kind, format, bytes, plan.reader, today, terms, plain);
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
  for await (const batch of batches) {
    signal.throwIfAborted();
    for (const result of batch) {
      const key = plan.keyOf(result.row, indexed++);
      if (result.ok) {
        const packed = plan.pack(result.row);
        const at = held.add(key.npp, key.period, result.line, packed.length);
        packed.copy(held.block, at);
      } else {
        held.addUnread(key);
        for (const each of result.rejections.slice(0, MOST_OF_LINE)) reject(result.line, each);
      }
    }
    await writeWaiting(REJECTIONS_AT_ONCE);
    await held.settle();
    await tellProgress();
  }
  await writeWaiting(1);
  await writeProgress(deps, importId, progress());
  return { header, held, rejections };
}

/** Workbooks are read only when they are there whole: it is the bytes that come which tell how far they are. */
async function* afterEach<T>(source: AsyncIterable<T>, act: () => Promise<void>): AsyncGenerator<T> {
  for await (const each of source) {
    yield each;
    await act();
  }
}

/** Applies what was received, chunk by chunk, each in one transaction with its counts. */
export async function applyChunks<K extends ImportKind, Row>(
  { applying, plan }: Run<K, Row>,
  received: Received<K>,
  signal: AbortSignal,
  inTurn: <T>(work: () => Promise<T>, weight: number) => Promise<T>,
): Promise<void> {
  const writing = new Map<Promise<void>, number>();
  const isRoomFor = (weight: number) =>
    writing.size === 0 ||
    [...writing.values()].reduce((sum, each) => sum + each, weight) <= plan.chunksAtOnce;
  try {
    for await (const chunk of received.held.chunks(plan.linesAtOnce)) {
      plan.foresee?.(chunk.bundles);
      // A bundle of many lines is a chunk that takes the memory of many.
      const lines = chunk.bundles.reduce((sum, { count }) => sum + count, 0);
      const weight = Math.max(1, Math.ceil(lines / plan.linesAtOnce));
      // While the database writes one chunk, the next is computed.
      while (!isRoomFor(weight)) await Promise.race(writing.keys());
      const written = inTurn(async () => {
        await retried(signal, () => applyChunk(applying, plan, received, chunk.bundles));
        // One that failed stays, to be found by who waits for any of them.
        writing.delete(written);
      }, weight).finally(chunk.close);
      // Whether it failed is asked below, when there is no room for another.
      written.catch(() => {});
      writing.set(written, weight);
    }
    await Promise.all(writing.keys());
  } finally {
    await Promise.allSettled(writing.keys());
    received.held.close();
  }
}

async function applyChunk<K extends ImportKind, Row>(
  applying: Applying,
  plan: Plan<K, Row>,
  received: Received<K>,
  chunk: readonly Bundle[],
): Promise<void> {
  const { deps, importId } = applying;
  const nameOf = (column: ColumnOf<K>) => received.header.places.get(column)?.name ?? column;
  let named = 0;
  try {
    const work = async (tx: Tx) => {
      await tx.client.query(BY_KEY);
      const { faults, ...counts } = await plan.apply(applying, tx, chunk);
      const first = received.rejections;
      named = Math.min(faults.length, MOST_REJECTIONS - first);
      received.rejections += named;
      const rejections = faults.slice(0, named).map(({ line, code, column, value }, index) => ({
        sequence: first + index,
        line,
        code,
        ...(column !== undefined && { column: nameOf(column) }),
        ...(value !== undefined && { value: mask(value, false) }),
      }));
      await writeRejections(tx.client, importId, rejections);
      await countChunk(tx.client, importId, counts);
    };
    await transaction(deps.database, work, { lockTimeoutMs: LOCK_MS });
  } catch (error) {
    received.rejections -= named;
    throw error;
  }
}

async function retried<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; ) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (lockTimedOut(error)) continue;
      const state = describeDatabaseError(error)?.sqlState ?? '';
      const again = error instanceof ChunkContended || DEADLOCK_OR_SERIALIZATION.test(state);
      if (!again || attempt === ATTEMPTS) throw error;
      await delay(Math.random() * 50 * attempt);
      attempt += 1;
    }
  }
}
