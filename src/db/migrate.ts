import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { applyMigrations, drizzle } from './drizzle.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
/** Any number that nothing else locks: 'patuh' in ASCII. */
const LOCK = 0x70617475;

/** Brings the schema up to date. Takes an advisory lock, so that several processes may call it at once. */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER });
  } finally {
    await client.end();
  }
}

/** Whether every migration that this code knows is applied; false also where none ever was. */
export async function isMigrated(pool: pg.Pool): Promise<boolean> {
  const journal = JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  const table = await pool.query(`select to_regclass('drizzle.__drizzle_migrations') as name`);
  if (table.rows[0].name === null) return false;
  const applied = await pool.query('select max(created_at)::text as last from drizzle.__drizzle_migrations');
  return Number(applied.rows[0].last) >= Math.max(...journal.entries.map(({ when }) => when));
}
