import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { claim, holderOf } from './embedded/claim.ts';
import { makeCluster, OWNER } from './embedded/cluster.ts';
import { EmbeddedDatabaseError } from './embedded/error.ts';
import { runServer } from './embedded/kept-up.ts';
import { keepPlace, passwordOf, placeOf } from './embedded/place.ts';
import { programsFor } from './embedded/programs.ts';
import { stopLeftover } from './embedded/server.ts';

export { EmbeddedDatabaseError };

/** A running database: `stop` may be called more than once. */
export type Embedded = { url: string; stop: () => Promise<void> };

export type EmbeddedOptions = {
  /** Whether what is committed survives a crash of the machine; false for data that nobody will miss. */
  durable?: boolean;
  /** How many milliseconds to wait for another service on the folder to end: one that restarts may still drain. */
  patience?: number;
  /** Is told when the server ends by itself: that it runs again, or why it does not. */
  tell?: (news: string) => void;
};

const DATABASE = 'patuh';
const POLL_MS = 50;
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/**
 * Starts the PostgreSQL of the data folder, makes it at the first start, and keeps others off the folder until it is
 * stopped. A server that a killed service left behind is stopped first. Throws {@link EmbeddedDatabaseError}.
 */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const folder = resolve(dataFolder);
  try {
    return await start(folder, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !FORBIDDEN.has(code)) throw error;
    throw new EmbeddedDatabaseError(
      'data_folder_unusable',
      `the data folder ${folder} cannot be used: ${message}`,
    );
  }
}

async function start(
  folder: string,
  { durable = true, patience = 5_000, tell = () => {} }: EmbeddedOptions,
): Promise<Embedded> {
  // The account that PostgreSQL runs as under root goes through this folder, to its own.
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const claimed = await claim(folder, patience);
  try {
    const place = placeOf(folder);
    const programs = await programsFor(place.account);
    const password = passwordOf(folder, place.isNew);
    if (place.isNew) {
      await makeCluster(programs, place, password, durable);
      keepPlace(folder, place.cluster);
    } else await stopLeftover(programs, place);
    const server = await runServer(programs, place, join(folder, 'postgres.log'), durable, tell);
    try {
      const url = urlOf(password, server.port);
      await ensureDatabase(urlOf(password, server.port, 'postgres'));
      claimed.publish(server.port);
      let stopped: Promise<void> | undefined;
      return { url, stop: () => (stopped ??= server.stop().finally(claimed.release)) };
    } catch (error) {
      await server.stop();
      throw error;
    }
  } catch (error) {
    claimed.release();
    throw error;
  }
}

/**
 * The URL of the database that a running service on the folder serves, awaited while that service starts; undefined
 * when none runs.
 */
export async function connectEmbedded(folder: string): Promise<string | undefined> {
  for (let holder = holderOf(folder); holder !== undefined; holder = holderOf(folder)) {
    if (holder.port !== undefined) return urlOf(passwordOf(folder, false), holder.port);
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Works on the database of the folder: that of the running service, or one that is started for the moment. */
export async function withEmbedded<T>(folder: string, work: (url: string) => Promise<T>): Promise<T> {
  for (;;) {
    const served = await connectEmbedded(folder);
    if (served !== undefined) return work(served);
    let own: Embedded;
    try {
      own = await startEmbedded(folder, { patience: 0 });
    } catch (error) {
      // A service began in between.
      if (error instanceof EmbeddedDatabaseError && error.code === 'data_folder_in_use') continue;
      throw error;
    }
    try {
      return await work(own.url);
    } finally {
      await own.stop();
    }
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function urlOf(password: string, port: number, database = DATABASE): string {
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}
