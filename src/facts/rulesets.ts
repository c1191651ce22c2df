import { setTimeout as delay } from 'node:timers/promises';
import { type Database, transaction } from '#src/db/index.ts';
import { type Instant, latest } from '#src/domain/civil.ts';
import { type LawFiles, type LoadedLaw, loadLaw, withLaterFiles } from '#src/law/index.ts';

/** From which instant on questions are answered by which ruleset. */
export type Adoption = { adoptedAt: Instant; version: string };

/** The rulesets that were ever in force. The first question adopts the law of this process. */
export type Rulesets = {
  /** Every adoption, oldest first; a ruleset that was taken up again has several. */
  adoptions(): Promise<readonly Adoption[]>;
  /** A ruleset that was ever in force, by its version. */
  byVersion(version: string): Promise<LoadedLaw | undefined>;
  /** The law in force at an instant up to which all is recorded; before the first adoption, the first law. */
  at(knownAt: Instant): Promise<LoadedLaw>;
  /**
   * The law in force now, and the instant to ask again with: the recording of the newest fact considered, or the
   * adoption of that law where it is later.
   */
  now(dataCutoff?: Instant): Promise<{ law: LoadedLaw; knownAt: Instant }>;
  /** Whether the law of this process is in force: not so once another process has adopted another. */
  ownIsInForce(): Promise<boolean>;
};

type Own = { database: Database; clock: () => Date; law: LoadedLaw; files: LawFiles };

/** How often, and how long each time, an adoption waits for facts that are being recorded: who records waits behind it. */
const ATTEMPTS = 20;
const PATIENCE_MS = 200;
const PAUSE_MS = 300;
const LOCK_NOT_AVAILABLE = '55P03';

/** Makes ready to look up rulesets; `law` is what this process has read from `files`. */
export function openRulesets(own: Own): Rulesets {
  const { pool } = own.database;
  const laws = new Map([[own.law.version, Promise.resolve<LoadedLaw | undefined>(own.law)]]);
  let adopting: Promise<void> | undefined;
  let known: readonly Adoption[] = [];
  let knownThrough: Instant = '';

  async function read(): Promise<readonly Adoption[]> {
    adopting ??= adopt(own);
    await adopting.catch((error: unknown) => {
      adopting = undefined;
      throw error;
    });
    const found = await pool.query<{ adopted_at: Date; version: string }>(
      'select adopted_at, version from ruleset_adoptions order by adopted_at',
    );
    // There are never fewer: a slow answer must not take back a later one.
    if (found.rows.length > known.length)
      known = found.rows.map((row) => ({ adoptedAt: row.adopted_at.toISOString(), version: row.version }));
    return known;
  }

  function byVersion(version: string): Promise<LoadedLaw | undefined> {
    const remembered = laws.get(version);
    if (remembered) return remembered;
    const loading = load(version);
    laws.set(version, loading);
    // What failed, or was not there yet, is asked for again.
    const forget = () => laws.delete(version);
    loading.then((law) => law ?? forget(), forget);
    return loading;
  }

  /** The version stays the one that was given out, however later releases would compute it. */
  async function load(version: string): Promise<LoadedLaw | undefined> {
    if (!(await read()).some((adoption) => adoption.version === version)) return undefined;
    const found = await pool.query<{ files: Record<string, string> }>(
      'select files from rulesets where version = $1',
      [version],
    );
    const stored = new Map(Object.entries(found.rows[0]!.files));
    return { ...loadLaw(withLaterFiles(stored, own.files)), version };
  }

  return {
    adoptions: read,
    byVersion,
    async at(knownAt) {
      // Later adoptions are later than all that are known.
      const newest = known.at(-1);
      if (newest === undefined || knownAt >= newest.adoptedAt) await read();
      const { version } = known.findLast(({ adoptedAt }) => adoptedAt <= knownAt) ?? known[0]!;
      return (await byVersion(version))!;
    },
    async now(dataCutoff = '') {
      // An adoption that a recorded fact could be later than was there before the fact.
      if (known.length === 0 || dataCutoff > knownThrough) {
        await read();
        knownThrough = latest(knownThrough, dataCutoff);
      }
      const { adoptedAt, version } = known.at(-1)!;
      return { law: (await byVersion(version))!, knownAt: latest(adoptedAt, dataCutoff) };
    },
    async ownIsInForce() {
      return (await read()).at(-1)!.version === own.law.version;
    },
  };
}

/**
 * Puts the law of this process in force, unless it is. No fact is being recorded meanwhile: each is either known
 * before the adoption or later than it, so that an instant tells for both which answer it gets.
 */
async function adopt(own: Own): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await adoptAtOnce(own);
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempt === ATTEMPTS) throw error;
      await delay(PAUSE_MS);
    }
  }
}

async function adoptAtOnce({ database, law, files, clock }: Own): Promise<void> {
  if ((await newestVersion(database.pool)) === law.version) return;
  await transaction(database, async ({ client }) => {
    await client.query(`set local lock_timeout = ${PATIENCE_MS}`);
    await client.query('lock table summaries in exclusive mode');
    if ((await newestVersion(client)) === law.version) return;
    await client.query('insert into rulesets (version, files) values ($1, $2) on conflict do nothing', [
      law.version,
      JSON.stringify(Object.fromEntries(files)),
    ]);
    await client.query(
      `insert into ruleset_adoptions (version, adopted_at)
       select $1, greatest($2, (select max(adopted_at) from ruleset_adoptions) + interval '1 millisecond',
                           (select max(last_recorded_at) from summaries) + interval '1 millisecond')`,
      [law.version, clock()],
    );
    // The next fact gets a later millisecond.
    await delay(2);
  });
}

async function newestVersion(client: Pick<Database['pool'], 'query'>): Promise<string | undefined> {
  const found = await client.query<{ version: string }>(
    'select version from ruleset_adoptions order by adopted_at desc limit 1',
  );
  return found.rows[0]?.version;
}
