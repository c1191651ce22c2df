import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedDatabaseError } from './error.ts';

/** Whom PostgreSQL runs as: it refuses to be root. Empty for the account of this process. */
export type Account = { uid?: number; gid?: number };

const NAME = 'postgres';
/** Where root keeps what the account could not reach otherwise, as below /root. */
const REACHABLE = '/var/lib/patuh';

/** The account that owns the cluster, or for a new one a system account, made when there is none. */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    return { uid, gid };
  }
  const id = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, NAME], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    try {
      const rights = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
      execFileSync('useradd', [...rights, NAME], { stdio: 'pipe' });
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      throw new EmbeddedDatabaseError(
        'data_folder_unusable',
        `PostgreSQL does not run as root and the system account ${NAME} could not be made: make it, start as another user, or set DATABASE_URL`,
      );
    }
  }
}

/**
 * Where the folder's cluster is or shall be: in the folder, or where the account may not enter the folder, at a
 * place that a link in the folder leads to.
 */
export function clusterOf(folder: string): string {
  const name = join(folder, 'postgres');
  const account = accountFor(name);
  if (lstatSync(name, { throwIfNoEntry: false })) {
    if (!existsSync(name)) {
      throw new EmbeddedDatabaseError('data_folder_unusable', `${name} leads to a database that is gone`);
    }
  } else if (!mayEnter(folder, account)) {
    mkdirSync(REACHABLE, { recursive: true, mode: 0o711 });
    symlinkSync(join(REACHABLE, randomUUID()), name);
  }
  return name;
}
