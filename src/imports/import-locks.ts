import type { Pool, PoolClient } from 'pg';
import { lockNumber } from './abandoned.ts';

/**
 * Advisory locks that last as long as this process lives, all in one session that is open while any is held. A name
 * whose lock is free is nobody's work.
 */
export class ImportLocks {
  #pool: Pool;
  #onLost: () => void;
  #session: PoolClient | undefined;
  #held = new Set<string>();
  /** The end of the last use of the session: a connection takes one query at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(pool: Pool, onLost: () => void) {
    this.#pool = pool;
    this.#onLost = onLost;
  }

  /** Whether the name was free, and is now held. */
  async take(name: string): Promise<boolean> {
    if (this.#held.has(name)) return false;
    this.#held.add(name);
    try {
      const taken = await this.#inSession(async (session) => {
        const found = await session.query<{ taken: boolean }>(
          `select pg_try_advisory_lock(${lockNumber('$1')}) as taken`,
          [name],
        );
        return found.rows[0]!.taken;
      });
      if (!taken) this.#held.delete(name);
      return taken;
    } catch (error) {
      this.#held.delete(name);
      throw error;
    }
  }

  async give(name: string): Promise<void> {
    this.#held.delete(name);
    await this.#inSession(async (session) => {
      if (this.#held.size > 0) await session.query(`select pg_advisory_unlock(${lockNumber('$1')})`, [name]);
      else this.#close(session);
    }).catch(() => {
      // A session that is gone has given everything.
    });
  }

  #inSession<T>(use: (session: PoolClient) => Promise<T>): Promise<T> {
    const used = this.#last.then(async () => {
      const session = (this.#session ??= await this.#open());
      try {
        return await use(session);
      } catch (error) {
        // Whether it holds what was asked for nobody knows.
        this.#lose(session);
        throw error;
      }
    });
    this.#last = used.catch(() => {});
    return used;
  }

  async #open(): Promise<PoolClient> {
    const session = await this.#pool.connect();
    session.on('error', () => this.#lose(session));
    return session;
  }

  #lose(session: PoolClient): void {
    if (this.#session !== session) return;
    this.#close(session);
    this.#onLost();
  }

  /** Ends the connection: a pooled one would take its locks along. */
  #close(session: PoolClient): void {
    this.#session = undefined;
    session.release(true);
  }
}
