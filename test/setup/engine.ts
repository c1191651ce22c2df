import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbedded } from '#src/db/embedded.ts';
import { withDatabase } from './database.ts';

/** A PostgreSQL to test on: a role that may create databases, what it is and why it was taken. */
export type Engine = { adminUrl: string; which: string; stop: () => Promise<void> };

const IMAGE = 'postgres:18';
const PATIENCE_MS = 60_000;
const FAST = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];
const LOCALE = '--encoding=UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C';

/** The one of TEST_DATABASE_URL, else a container where one can be had within a minute, else the embedded one. */
export async function startEngine(): Promise<Engine> {
  const { TEST_DATABASE_URL: adminUrl } = process.env;
  if (adminUrl) return { adminUrl, which: 'the one of TEST_DATABASE_URL', stop: async () => {} };
  const container = await inContainer();
  return typeof container === 'string' ? embedded(container) : container;
}

/** A container, or why there is none: an engine alone is not enough, as it may have no way to the image. */
async function inContainer(): Promise<Engine | string> {
  // The reaper would be another image to pull; our own teardown removes the container.
  process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
  const { ImageName, getContainerRuntimeClient } = await import('testcontainers');
  const deadline = performance.now() + PATIENCE_MS;
  const client = await within(deadline, getContainerRuntimeClient());
  if (client === undefined) return 'no Docker engine answers';
  const { image } = client;
  const name = ImageName.fromString(IMAGE);
  // A pull that broke off resolves all the same.
  const pull = async () => (await image.exists(name)) || (await image.pull(name), await image.exists(name));
  if (!(await within(deadline, pull())))
    return `the Docker engine has no ${IMAGE} and cannot pull it in time`;
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  try {
    const container = await new PostgreSqlContainer(IMAGE)
      .withDatabase('postgres')
      .withUsername('patuh')
      .withPassword('patuh')
      .withEnvironment({ POSTGRES_INITDB_ARGS: LOCALE, TZ: 'UTC' })
      .withCommand(['postgres', ...FAST.flatMap((setting) => ['-c', setting])])
      .withStartupTimeout(PATIENCE_MS)
      .start();
    return {
      adminUrl: container.getConnectionUri(),
      which: `a container of ${IMAGE}, as a Docker engine answers and has the image`,
      stop: async () => void (await container.stop()),
    };
  } catch (error) {
    return `a container of ${IMAGE} does not start (${(error as Error).message})`;
  }
}

async function embedded(why: string): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'patuh-test-'));
  // Under root PostgreSQL runs as an account that has to pass through.
  await chmod(folder, 0o711);
  const server = await startEmbedded(folder, { durable: false });
  return {
    adminUrl: withDatabase(server.url, 'postgres'),
    which: `the embedded one, as ${why}`,
    async stop() {
      await server.stop();
      await rm(await realpath(join(folder, 'postgres')), { recursive: true });
      await rm(folder, { recursive: true });
    },
  };
}

/** What the work results in, or undefined when it fails or does not end in time. */
async function within<T>(deadline: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const late = sleep(Math.max(0, deadline - performance.now()), undefined, { signal: over.signal });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    over.abort();
  }
}
