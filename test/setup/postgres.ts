import type { TestProject } from 'vitest/node';
import { migrate } from '#src/db/index.ts';
import { asAdmin, CLONE_PREFIX, TEMPLATE, withDatabase } from './database.ts';
import { startEngine } from './engine.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where databases can be created: `cloneDatabase(inject('adminUrl'))`. */
    adminUrl: string;
  }
}

/** Before all tests: finds a real PostgreSQL and migrates, once, the database that the tests' own are copies of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { adminUrl, which, stop } = await startEngine();
  const teardown = () => dropDatabases(adminUrl).finally(stop);
  try {
    // What a run that was killed left on a server that lives on.
    await dropDatabases(adminUrl);
    const version = await makeTemplate(adminUrl);
    console.log(`PostgreSQL ${version}: ${which}`);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('adminUrl', adminUrl);
  return teardown;
}

/** Returns the server's version. */
async function makeTemplate(adminUrl: string): Promise<string> {
  return asAdmin(adminUrl, async (client) => {
    await client.query(`create database ${TEMPLATE} template template0 encoding 'UTF8'`);
    await migrate(withDatabase(adminUrl, TEMPLATE));
    // A connection to it would keep it from being copied.
    await client.query(`alter database ${TEMPLATE} allow_connections false`);
    return (
      (await client.query<{ server_version: string }>('show server_version')).rows[0]?.server_version ?? ''
    );
  });
}

async function dropDatabases(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where datname = $1 or starts_with(datname, $2)',
      [TEMPLATE, CLONE_PREFIX],
    );
    for (const { datname } of rows) await client.query(`drop database ${datname} with (force)`);
  });
}
