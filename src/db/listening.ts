import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

const AGAIN_MS = 1_000;

/**
 * Hears what is notified on a channel (`pg_notify`), by a connection of the pool that it keeps. What is notified while
 * the database is away is missed. Returns what ends it.
 */
export function listen(pool: pg.Pool, channel: string, hear: (payload: string) => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;

  async function listenOnce(): Promise<void> {
    const client = await pool.connect();
    client.on('notification', ({ payload = '' }) => hear(payload));
    try {
      signal.throwIfAborted();
      await client.query(`listen ${channel}`);
      await once(client, 'end', { signal });
    } finally {
      client.release(true);
    }
  }

  void (async () => {
    while (!signal.aborted) {
      await listenOnce().catch(() => {});
      await delay(AGAIN_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  })();
  return () => ending.abort();
}
