import { turns } from '#src/http/at-most.ts';
import { Problem } from '#src/http/problem.ts';

/** So many batches are worked on at a time: each holds a connection, and tens of megabytes until it is answered. */
const AT_ONCE = 2;
/** So many more wait for their turn, some seconds at most; and so many of one client are here altogether. */
const MOST_WAITING = 16;
const MOST_OF_CLIENT = 8;
const RETRY_SECONDS = '5';

/** Where batches wait for their turn, so that they leave connections, memory and time to everybody else. */
export class BatchGate {
  readonly #inTurn = turns(AT_ONCE);
  readonly #ofClient = new Map<string, number>();
  #inside = 0;

  /** Throws 503 where there is no room for a further batch of a client. */
  refuseIfFull(client: string): void {
    const own = this.#ofClient.get(client) ?? 0;
    if (this.#inside < AT_ONCE + MOST_WAITING && own < MOST_OF_CLIENT) return;
    throw new Problem('unavailable', { headers: { 'retry-after': RETRY_SECONDS } });
  }

  /** Does the work in its turn; not at all where its client is gone by then. */
  async pass<T>(client: string, isGone: () => boolean, work: () => Promise<T>): Promise<T> {
    this.refuseIfFull(client);
    this.#count(client, 1);
    try {
      return await this.#inTurn(() => {
        if (isGone()) throw new Problem('unavailable');
        return work();
      });
    } finally {
      this.#count(client, -1);
    }
  }

  #count(client: string, by: 1 | -1): void {
    const own = (this.#ofClient.get(client) ?? 0) + by;
    this.#inside += by;
    if (own > 0) this.#ofClient.set(client, own);
    else this.#ofClient.delete(client);
  }
}
