type Entry<V> = { value: V; movedAt: number };

/** A map that keeps the entries used last, up to a limit: those of the last `limit / 2` uses in any case. */
export class Recent<K, V> {
  readonly #entries = new Map<K, Entry<V>>();
  readonly #limit: number;
  #uses = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Without counting as a use. */
  has(key: K): boolean {
    return this.#entries.has(key);
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#uses += 1;
    // To move one for each use costs more than what is remembered saves.
    if (this.#uses - entry.movedAt > this.#limit / 2) this.#moveToEnd(key, entry);
    return entry.value;
  }

  set(key: K, value: V): void {
    this.#uses += 1;
    this.#moveToEnd(key, { value, movedAt: this.#uses });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#limit) break;
      this.#entries.delete(oldest);
    }
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** A Map iterates in the order of insertion. */
  #moveToEnd(key: K, entry: Entry<V>): void {
    entry.movedAt = this.#uses;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }
}
