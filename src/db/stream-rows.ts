import type { Socket } from 'node:net';
import pg from 'pg';
import type { Database } from './database.ts';
import { unanswered } from './errors.ts';

const BATCH = 500;
/** As many batches are kept for whoever reads them; then the server waits. */
const MOST_BATCHES = 8;
/** A database that gives no row for so long, though one is wanted, gives none any more. */
const WAIT_MS = 300_000;

/**
 * Rows of one statement in batches, as they were when it began, on the pool for exports: memory stays the same however
 * many there are, and the connection is given back when the reader stops early. Who reads slowly keeps it meanwhile.
 */
export async function* streamRows<Row>(
  database: Database,
  sql: string,
  values: unknown[],
  waitMs = WAIT_MS,
): AsyncGenerator<Row[]> {
  const client = await database.exporter.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  const batches: Row[][] = [];
  let filling: Row[] = [];
  let end: { error?: Error } | undefined;
  let arrived = Promise.withResolvers<void>();
  const query = client.query(new pg.Query(sql, values));
  query.on('row', (row: Row) => {
    filling.push(row);
    if (filling.length < BATCH) return;
    batches.push(filling);
    filling = [];
    if (batches.length === MOST_BATCHES) stream.pause();
    arrived.resolve();
  });
  query.on('end', () => {
    if (filling.length > 0) batches.push(filling);
    end = {};
    arrived.resolve();
  });
  query.on('error', (error: Error) => {
    end = { error };
    arrived.resolve();
  });
  try {
    for (;;) {
      const batch = batches.shift();
      if (batch) {
        if (stream.isPaused()) stream.resume();
        yield batch;
      } else if (end) {
        if (end.error) throw end.error;
        return;
      } else {
        arrived = Promise.withResolvers();
        const late = setTimeout(() => arrived.reject(unanswered()), waitMs);
        await arrived.promise.finally(() => clearTimeout(late));
      }
    }
  } finally {
    // What still runs is given up with its connection; so is one that broke.
    client.release(end === undefined || end.error !== undefined);
  }
}
