import { type Config, readConfig } from '#src/config.ts';
import { type Database, migrate, openDatabase } from '#src/db/index.ts';

/** What commands work with. */
export type Workplace = { config: Config; database: Database };

/** The database of the settings, by its URL: DATABASE_URL, else that of the running service, else started meanwhile. */
export async function withDatabaseUrl(work: (url: string, config: Config) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL, config);
  const { withEmbedded } = await import('#src/db/embedded.ts');
  return withEmbedded(config.PATUH_DATA_DIR, async (url) => {
    await migrate(url);
    await work(url, config);
  });
}

/** Opens settings and database for a command, and closes them after it. The embedded database is migrated first. */
export function atWork(work: (workplace: Workplace) => Promise<void>): Promise<void> {
  return withDatabaseUrl(async (url, config) => {
    const database = openDatabase(url, { connections: 2 });
    try {
      await work({ config, database });
    } finally {
      await database.close();
    }
  });
}
