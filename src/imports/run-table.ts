import type { Deps } from '#src/deps.ts';
import type { Bundle, BundleKey } from './plan.ts';

const WRITTEN_AT_ONCE = 4 * 1_048_576;
const READ_AT_ONCE = 8 * 1_048_576;
const KEYS_AT_ONCE = 500;
/** About half a million lines of one employer and month; a bundle has to fit into memory to be taken. */
const LARGEST_BUNDLE = 96 * 1_048_576;

type Sized = BundleKey & { bytes: number };
type Sealed = BundleKey & { run: number; lines: Buffer };

/** The lines of one import in the database: sealed, a run of each bundle for each time that memory was full. */
export class RunTable<Row> {
  #run = 0;
  #deps: Deps;
  #importId: string;

  constructor(deps: Deps, importId: string) {
    this.#deps = deps;
    this.#importId = importId;
  }

  async write(bundles: readonly Bundle<Row>[]): Promise<void> {
    const run = this.#run++;
    let waiting: Sealed[] = [];
    let size = 0;
    for (const bundle of bundles) {
      const sealed = this.#deps.keyRing.seal(JSON.stringify(bundle), this.#context(bundle.key, run));
      waiting.push({ ...bundle.key, run, lines: sealed });
      size += sealed.length;
      if (size < WRITTEN_AT_ONCE) continue;
      await this.#insert(waiting);
      waiting = [];
      size = 0;
    }
    await this.#insert(waiting);
  }

  /** Every bundle, put together from its runs, in the order of the keys. */
  async *bundles(): AsyncGenerator<Bundle<Row>> {
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

  async #between(first: BundleKey, last: BundleKey): Promise<Bundle<Row>[]> {
    const found = await this.#deps.database.pool.query<Sealed>(
      `select npp, period, run, lines from roster_runs
       where import_id = $1 and (npp, period) >= ($2, $3) and (npp, period) <= ($4, $5)
       order by npp, period, run`,
      [this.#importId, first.npp, first.period, last.npp, last.period],
    );
    const bundles: Bundle<Row>[] = [];
    for (const sealed of found.rows) {
      const part = this.#open(sealed);
      const whole = bundles.at(-1);
      if (whole?.key.npp === part.key.npp && whole.key.period === part.key.period) {
        for (const line of part.lines) whole.lines.push(line);
        whole.unread += part.unread;
      } else bundles.push(part);
    }
    return bundles;
  }

  /** Its first line and the number of the others, with no more than one run in memory. */
  async #oversized({ npp, period }: BundleKey): Promise<Bundle<Row>> {
    const bundle: Bundle<Row> = { key: { npp, period }, lines: [], unread: 0, oversized: true };
    for (let run = 0; run < this.#run; run++) {
      const found = await this.#deps.database.pool.query<Sealed>(
        `select npp, period, run, lines from roster_runs
         where import_id = $1 and npp = $2 and period = $3 and run = $4`,
        [this.#importId, npp, period, run],
      );
      const part = found.rows[0] && this.#open(found.rows[0]);
      if (!part) continue;
      if (bundle.lines.length === 0) bundle.lines = part.lines.splice(0, 1);
      bundle.unread += part.lines.length + part.unread;
    }
    return bundle;
  }

  async #insert(runs: readonly Sealed[]): Promise<void> {
    await this.#deps.database.pool.query(
      `insert into roster_runs (import_id, npp, period, run, lines)
       select $1, npp, period, run, lines
       from unnest($2::text[], $3::text[], $4::int[], $5::bytea[]) as r (npp, period, run, lines)`,
      [
        this.#importId,
        runs.map(({ npp }) => npp),
        runs.map(({ period }) => period),
        runs.map(({ run }) => run),
        runs.map(({ lines }) => lines),
      ],
    );
  }

  #open({ npp, period, run, lines }: Sealed): Bundle<Row> {
    return JSON.parse(this.#deps.keyRing.open(lines, this.#context({ npp, period }, run)).toString());
  }

  /** Ties what is sealed to its import and place. */
  #context({ npp, period }: BundleKey, run: number): string {
    return `import:${this.#importId}:${npp}:${period}:${run}`;
  }
}
