import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** The migrated database that every test's own is a copy of. */
export const TEMPLATE = 'patuh_template';

/** What the names of the copies begin with. */
export const CLONE_PREFIX = 'patuh_test_';

const OBJECT_IN_USE = '55006';
const ATTEMPTS = 20;
const PAUSE_MS = 100;

/** Makes a migrated database for one test file: files run in parallel and need not clean up after themselves. */
export async function cloneDatabase(adminUrl: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `${CLONE_PREFIX}${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await client.query(`create database ${name} template ${TEMPLATE}`);
      } catch (error) {
        // PostgreSQL's own housekeeping may be in the template.
        if ((error as { code?: string }).code !== OBJECT_IN_USE || attempt === ATTEMPTS) throw error;
        await sleep(PAUSE_MS);
      }
    }
  });
  return {
    url: withDatabase(adminUrl, name),
    drop: () =>
      asAdmin(adminUrl, async (client) => void (await client.query(`drop database ${name} with (force)`))),
  };
}

/** The same server and role, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Lends a connection for work on databases as a whole. */
export async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
