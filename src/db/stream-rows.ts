import type { Database } from './database.ts';

const BATCH = 500;

/**
 * Rows of a query in batches, through a cursor on the pool for exports: memory stays the same however many there are,
 * and the connection is given back when the reader stops early.
 */
export async function* streamRows<Row>(
  database: Database,
  sql: string,
  values: unknown[],
): AsyncGenerator<Row[]> {
  const client = await database.exporter.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin read only');
    await client.query(`declare export no scroll cursor for ${sql}`, values);
    for (;;) {
      const batch = await client.query(`fetch ${BATCH} from export`);
      if (batch.rows.length === 0) return;
      yield batch.rows as Row[];
    }
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    await client.query('rollback').catch((error: Error) => {
      failure = error;
    });
    client.release(failure);
  }
}
