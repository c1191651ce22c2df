import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** The service's connections: one pool for work, one that can only read and gives up after a while. */
export type Database = {
  pool: pg.Pool;
  orm: NodePgDatabase;
  /** Read-only, with a statement timeout: lists and exports. */
  reader: pg.Pool;
  close(): Promise<void>;
};

/** One transaction on one connection: raw SQL through `client`, drizzle through `orm`. */
export type Tx = { client: pg.PoolClient; orm: NodePgDatabase };

const DATE_OID = 1082;
const INT8_OID = 20;
const READ_TIMEOUT_MS = 60_000;

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
export function openDatabase(url: string, options: { connections?: number } = {}): Database {
  const settings = {
    connectionString: url,
    types,
    application_name: 'patuh',
    connectionTimeoutMillis: 10_000,
  };
  const pool = new pg.Pool({ ...settings, max: options.connections ?? 20 });
  const reader = new pg.Pool({
    ...settings,
    max: 8,
    statement_timeout: READ_TIMEOUT_MS,
    options: '-c default_transaction_read_only=on',
  });
  for (const each of [pool, reader]) each.on('error', () => {});
  return {
    pool,
    reader,
    orm: drizzle(pool),
    async close() {
      await Promise.all([pool.end(), reader.end()]);
    },
  };
}

/** Runs `work` in one transaction: commits what it returns, rolls back what it throws. */
export async function transaction<T>(database: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  // A connection may break between two statements; the next one says so.
  const note = (error: Error) => {
    broken = error;
  };
  client.on('error', note);
  try {
    await client.query('begin');
    const result = await work({ client, orm: drizzle(client) });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.off('error', note);
    client.release(broken);
  }
}
