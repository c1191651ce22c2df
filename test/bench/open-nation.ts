import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '#src/config.ts';
import { startEmbedded } from '#src/db/embedded.ts';
import { migrate } from '#src/db/index.ts';
import { openDeps } from '#src/deps.ts';
import { addDays, dayOf } from '#src/domain/civil.ts';
import { loadLaw, loadRegions } from '#src/law/index.ts';
import { mustEnd } from './ending.ts';
import { removeFolder, temporaryFolder } from './folder.ts';
import { fillNation } from './nation.ts';
import { run, type Server, startServer } from './processes.ts';

/** A nation of employers, and the service on it as deployed. */
export type Nation = {
  folder: string;
  url: string;
  employers: number;
  service: Server;
  /** A token of an agency for these provinces or regencies; without a word, for the whole country. */
  token(regions?: readonly string[]): string;
  /** Stops the service and the database; what is on disk stays. */
  rest(): Promise<void>;
  close(): Promise<void>;
};

/** A nation that was filled so long ago falls out of what lists have stored ahead. */
const GOOD_FOR_DAYS = 14;

/**
 * Fills a database with a nation of employers and starts the service on it.
 *
 * @param keepIn folder where nations are kept for later runs; without it a temporary one is made and removed
 */
export async function openNation(employers: number, keepIn: string | undefined): Promise<Nation> {
  const folder = keepIn === undefined ? temporaryFolder() : keptFolder(join(keepIn, `nation-${employers}`));
  if (!isFilled(folder.path)) await fill(folder.path, employers);
  const database = await startEmbedded(folder.path);
  const endDatabase = mustEnd(database.stop);
  await migrate(database.url);
  const env = {
    DATABASE_URL: database.url,
    PATUH_DATA_DIR: folder.path,
    PORT: '0',
    LOG_LEVEL: 'warn',
    RATE_LIMIT_PER_MINUTE: '100000000',
  };
  const service = await startServer('src/main.ts', [], env);
  const everywhere = loadRegions().provinces.map(({ code }) => code);
  const rest = async () => {
    await service.stop();
    await endDatabase();
  };
  return {
    folder: folder.path,
    url: database.url,
    employers,
    service,
    token: (regions = everywhere) => tokenFor(env, regions),
    rest,
    async close() {
      await rest();
      await folder.remove();
    },
  };
}

export function tokenFor(env: Record<string, string>, regions: readonly string[]): string {
  const scope = 'registry:read payments:write checks:create compliance:read';
  const agency = ['--agency', 'bench', '--scope', scope, '--regions', regions.join(',')];
  return run(process.execPath, ['src/cli/patuh.ts', 'token', ...agency], env);
}

async function fill(path: string, employers: number): Promise<void> {
  console.error(`filling ${path} with ${employers} employers`);
  const database = await startEmbedded(path, { durable: false });
  const end = mustEnd(database.stop);
  try {
    await migrate(database.url);
    const config = readConfig({ PATUH_DATA_DIR: path });
    const deps = await openDeps(config, { databaseUrl: database.url, log: pino({ level: 'silent' }) });
    await fillNation(deps, database.url, employers).finally(() => deps.database.close());
  } finally {
    await end();
  }
  writeFileSync(markOf(path), JSON.stringify({ kind: kindOfNow(), on: dayOf(new Date()) }));
}

function keptFolder(path: string): { path: string; remove: () => Promise<void> } {
  if (existsSync(path) && !isFilled(path)) {
    const filling = existsSync(fillerOf(path)) ? Number(readFileSync(fillerOf(path), 'utf8')) : undefined;
    if (filling !== undefined && isAlive(filling)) throw new Error(`process ${filling} is filling ${path}`);
    removeFolder(path);
  }
  mkdirSync(path, { recursive: true, mode: 0o711 });
  if (!isFilled(path)) writeFileSync(fillerOf(path), String(process.pid));
  return { path, remove: async () => {} };
}

function isFilled(path: string): boolean {
  if (!existsSync(markOf(path))) return false;
  const { kind, on } = JSON.parse(readFileSync(markOf(path), 'utf8')) as { kind: string; on: string };
  return kind === kindOfNow() && dayOf(new Date()) < addDays(on, GOOD_FOR_DAYS);
}

/** Tells nations apart that other migrations or other law have made. */
function kindOfNow(): string {
  const hash = createHash('sha256').update(loadLaw().version);
  for (const name of readdirSync('migrations').sort()) {
    if (name.endsWith('.sql')) hash.update(readFileSync(join('migrations', name)));
  }
  return hash.digest('hex');
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const fillerOf = (path: string) => join(path, 'filling.pid');
const markOf = (path: string) => join(path, 'filled.json');
