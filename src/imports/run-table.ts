import { byteaArray, textArray } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Bundle, type BundleKey, type Chunk, LARGEST_BUNDLE, oversized } from './bundle.ts';

const WRITTEN_AT_ONCE = 1_048_576;
const READ_AT_ONCE = 2 * 1_048_576;
const ROWS_AT_ONCE = 5_000;
const KEYS_AT_ONCE = 500;
/** What stands before the lines of a run: how many they are, how many were not read, whether they are too many. */
const COUNTS_BYTES = 9;

type Sized = BundleKey & { bytes: number };
/** What a run holds of a bundle. */
type Part = Pick<Bundle, 'key' | 'count' | 'unread' | 'lines'> & { tooMany: boolean };
type Sealed = BundleKey & { run: number; lines: Buffer };

/** The lines of one import in the database: sealed, a run of each bundle for each time that memory was full. */
export class RunTable {
  #run = 0;
  #deps: Deps;
  #importId: string;

  constructor(deps: Deps, importId: string) {
    this.#deps = deps;
    this.#importId = importId;
  }

  /** Seals bundles, given a way to read one. */
  async write<Held>(all: Iterable<Held>, read: (one: [Held]) => Chunk): Promise<void> {
    const run = this.#run++;
    let waiting: Sealed[] = [];
    let size = 0;
    // Used again for each: what is sealed in between would outlive it many times over.
    let plain = Buffer.alloc(0);
    for (const one of all) {
      const { bundles, close } = read([one]);
      const { key, count, unread, lines, oversized: tooMany = false } = bundles[0]!;
      const length = COUNTS_BYTES + lines.length;
      if (plain.length < length) plain = Buffer.allocUnsafe(2 * length);
      plain.writeUInt8(tooMany ? 1 : 0, plain.writeUInt32BE(unread, plain.writeUInt32BE(count, 0)));
      lines.copy(plain, COUNTS_BYTES);
      const sealed = this.#deps.keyRing.seal(plain.subarray(0, length), this.#context(key, run));
      close();
      waiting.push({ ...key, run, lines: sealed });
      size += sealed.length;
      if (size < WRITTEN_AT_ONCE && waiting.length < ROWS_AT_ONCE) continue;
      await this.#insert(waiting);
      waiting = [];
      size = 0;
    }
    await this.#insert(waiting);
  }

  /** Every bundle, put together from its runs, in the order of the keys. */
  async *bundles(): AsyncGenerator<Bundle> {
    let after: BundleKey | undefined;
    for (;;) {
      const keys = await this.#keysAfter(after);
      if (keys.length === 0) return;
      for (let from = 0; from < keys.length; ) {
        let to = from;
        let bytes = 0;
        do bytes += keys[to++]!.bytes;
        while (to < keys.length && bytes + keys[to]!.bytes <= READ_AT_ONCE);
        if (bytes > LARGEST_BUNDLE) yield await this.#oversized(keys[from]!);
        else yield* await this.#between(keys[from]!, keys[to - 1]!);
        from = to;
      }
      after = keys.at(-1);
    }
  }

  async #keysAfter(after: BundleKey | undefined): Promise<Sized[]> {
    const found = await this.#deps.database.pool.query<Sized>(
      `select npp, period, sum(octet_length(lines))::bigint as bytes from roster_runs
       where import_id = $1 and ($2::text is null or (npp, period) > ($2, $3))
       group by npp, period order by npp, period limit ${KEYS_AT_ONCE}`,
      [this.#importId, after?.npp ?? null, after?.period ?? null],
    );
    return found.rows;
  }

  async #between(first: BundleKey, last: BundleKey): Promise<Bundle[]> {
    const found = await this.#deps.database.pool.query<Sealed>(
      `select npp, period, run, lines from roster_runs
       where import_id = $1 and (npp, period) >= ($2, $3) and (npp, period) <= ($4, $5)
       order by npp, period, run`,
      [this.#importId, first.npp, first.period, last.npp, last.period],
    );
    const bundles: Bundle[] = [];
    for (const runs of Map.groupBy(found.rows, ({ npp, period }) => `${npp} ${period}`).values()) {
      bundles.push(joined(runs.map((run) => this.#open(run))));
    }
    return bundles;
  }

  /** Its first line and the number of the others, with no more than one run in memory. */
  async #oversized({ npp, period }: BundleKey): Promise<Bundle> {
    let first: Buffer | undefined;
    let all = 0;
    for (let run = 0; run < this.#run; run++) {
      const found = await this.#deps.database.pool.query<Sealed>(
        `select npp, period, run, lines from roster_runs
         where import_id = $1 and npp = $2 and period = $3 and run = $4`,
        [this.#importId, npp, period, run],
      );
      const part = found.rows[0] && this.#open(found.rows[0]);
      if (!part) continue;
      all += part.count + part.unread;
      if (part.count > 0) first ??= part.lines;
    }
    return oversized({ npp, period }, first!, all);
  }

  async #insert(runs: readonly Sealed[]): Promise<void> {
    await this.#deps.database.pool.query(
      `insert into roster_runs (import_id, npp, period, run, lines)
       select $1, npp, period, run, lines
       from unnest($2::text[], $3::text[], $4::int[], $5::bytea[]) as r (npp, period, run, lines)`,
      [
        this.#importId,
        textArray(runs.map(({ npp }) => npp)),
        textArray(runs.map(({ period }) => period)),
        runs.map(({ run }) => run),
        byteaArray(runs.map(({ lines }) => lines)),
      ],
    );
  }

  #open({ npp, period, run, lines }: Sealed): Part {
    const key = { npp, period };
    const opened = this.#deps.keyRing.open(lines, this.#context(key, run));
    const [count, unread, tooMany] = [opened.readUInt32BE(0), opened.readUInt32BE(4), opened[8] === 1];
    return { key, count, unread, tooMany, lines: opened.subarray(COUNTS_BYTES) };
  }

  /** Ties what is sealed to its import and place. */
  #context({ npp, period }: BundleKey, run: number): string {
    return `import:${this.#importId}:${npp}:${period}:${run}`;
  }
}

/** The bundle that parts make, in the order they were held. */
function joined(parts: readonly Part[]): Bundle {
  const { key } = parts[0]!;
  const sum = (of: 'count' | 'unread') => parts.reduce((all, part) => all + part[of], 0);
  if (parts.some(({ tooMany }) => tooMany)) {
    return oversized(key, parts.find(({ count }) => count > 0)!.lines, sum('count') + sum('unread'));
  }
  const lines = parts.length === 1 ? parts[0]!.lines : Buffer.concat(parts.map((part) => part.lines));
  return { key, count: sum('count'), unread: sum('unread'), lines, spare: Buffer.allocUnsafe(lines.length) };
}
