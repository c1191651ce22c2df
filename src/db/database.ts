import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { drizzle } from './drizzle.ts';
import { isUnanswered } from './errors.ts';

/** The service's connections, in pools that cannot starve one another. */
export type Database = {
  /** Single statements, none of which waits for what others have locked: checks, verdicts, callers, readiness. */
  pool: pg.Pool;
  /** Transactions: each may wait for an employer that others write to. */
  writer: pg.Pool;
  orm: NodePgDatabase;
  /** Read-only, with a statement timeout: lists, questions about the past, and one that listens. */
  reader: pg.Pool;
  /** Read-only: exports, each for as long as the service needs to take its rows, however slow who reads them is. */
  exporter: pg.Pool;
  /** Read-only, few and short: searches by similar names, which cost most. */
  searcher: pg.Pool;
  close(): Promise<void>;
};

/** One transaction on one connection. */
export type Tx = { client: pg.PoolClient };

const DATE_OID = 1082;
const INT8_OID = 20;
const READ_TIMEOUT_MS = 60_000;
const SEARCH_TIMEOUT_MS = 15_000;
/** A database that takes so long for a statement is frozen, or as good as away. */
const STATEMENT_WAIT_MS = 15_000;
/** The same of one that writes: some are about all employers of a province. */
const WRITER_WAIT_MS = 300_000;
/** Longer than those that the database itself ends. */
const READER_WAIT_MS = READ_TIMEOUT_MS + 5_000;
const PROBE_AFTER_MS = 60_000;
const READ_ONLY = '-c default_transaction_read_only=on';

/** Days come as text, big integers as numbers: amounts are kept inside the safe range by check constraints. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === DATE_OID) return (value: string) => value;
    if (oid === INT8_OID) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * Opens the pools; the first query connects. Broken idle connections are replaced silently: the next query that
 * fails says so to whoever asked.
 */
export function openDatabase(url: string, options: { connections?: number; waitMs?: number } = {}): Database {
  const settings = {
    connectionString: url,
    types,
    application_name: 'patuh',
    connectionTimeoutMillis: 10_000,
    // One that idles, or listens, notices that its way is gone.
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_AFTER_MS,
  };
  const connections = options.connections ?? 20;
  const { waitMs } = options;
  const pool = new pg.Pool({
    ...settings,
    max: Math.ceil(connections / 2),
    query_timeout: waitMs ?? STATEMENT_WAIT_MS,
  });
  const writer = new pg.Pool({
    ...settings,
    max: Math.max(1, Math.floor(connections / 2)),
    query_timeout: waitMs ?? WRITER_WAIT_MS,
  });
  const reader = new pg.Pool({
    ...settings,
    max: 9,
    statement_timeout: READ_TIMEOUT_MS,
    query_timeout: READER_WAIT_MS,
    options: READ_ONLY,
  });
  const exporter = new pg.Pool({
    ...settings,
    max: 6,
    options: READ_ONLY,
  });
  const searcher = new pg.Pool({
    ...settings,
    max: 3,
    statement_timeout: SEARCH_TIMEOUT_MS,
    query_timeout: READER_WAIT_MS,
    options: READ_ONLY,
  });
  const pools = [pool, writer, reader, exporter, searcher];
  for (const each of pools) {
    each.on('error', () => {});
    // Also while somebody holds it a connection can break; whoever uses it next is told by its query.
    each.on('connect', (client) => client.on('error', () => {}));
  }
  return {
    pool,
    writer,
    reader,
    exporter,
    searcher,
    orm: drizzle(pool),
    async close() {
      await Promise.all(pools.map((each) => each.end()));
    },
  };
}

/**
 * Runs `work` in one transaction: commits what it returns, rolls back what it throws.
 *
 * @param options `lockTimeoutMs` is how long a statement may wait for what others hold, where not as long as for an answer
 */
export async function transaction<T>(
  database: Database,
  work: (tx: Tx) => Promise<T>,
  { lockTimeoutMs }: { lockTimeoutMs?: number } = {},
): Promise<T> {
  const begin = lockTimeoutMs === undefined ? 'begin' : `begin; set local lock_timeout = ${lockTimeoutMs}`;
  return onConnection(database.writer, begin, 'commit', (client) => work({ client }));
}

/** What `read` reads on one connection as it all is at one moment. */
export function snapshot<T>(database: Database, read: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  return onConnection(database.reader, 'begin isolation level repeatable read read only', 'rollback', read);
}

async function onConnection<T>(
  pool: pg.Pool,
  begin: string,
  end: 'commit' | 'rollback',
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query(end);
    return result;
  } catch (error) {
    // A connection that still waits for an answer takes nothing more.
    if (isUnanswered(error)) broken = error as Error;
    else
      await client.query('rollback').catch((failure: Error) => {
        broken = failure;
      });
    throw error;
  } finally {
    client.release(broken);
  }
}
