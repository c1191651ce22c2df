import { spawnSync } from 'node:child_process';
import { EmbeddedDatabaseError } from './error.ts';

/** Whom PostgreSQL runs as: it refuses to be root. Empty for the account of this process. */
export type Account = { uid?: number; gid?: number };

const NAME = 'postgres';

/** The account for a new cluster: our own, or for root a system account, made when there is none. */
export function accountForCluster(): Account {
  if (process.getuid?.() !== 0) return {};
  return (
    systemAccount() ??
    (makeSystemAccount(), systemAccount()) ??
    unusable(
      `PostgreSQL does not run as root, and the system account ${NAME} could not be made: ` +
        'make it, or start as another user, or set DATABASE_URL',
    )
  );
}

/** The account that an existing cluster belongs to. */
export function accountOf(cluster: string, owner: { uid: number; gid: number }): Account {
  const self = process.getuid?.();
  if (self === undefined || self === owner.uid) return {};
  if (self === 0) return { uid: owner.uid, gid: owner.gid };
  return unusable(`${cluster} belongs to the account ${owner.uid}: start as that account`);
}

/** Whether the account may go into the folder, or run the file. */
export function mayEnter(account: Account, path: string): boolean {
  return account.uid === undefined || spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0;
}

function systemAccount(): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((kind) => spawnSync('id', [kind, NAME], { encoding: 'utf8' }));
  return uid?.status === 0 && gid?.status === 0
    ? { uid: Number(uid.stdout), gid: Number(gid.stdout) }
    : undefined;
}

function makeSystemAccount(): void {
  const nature = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  spawnSync('useradd', [...nature, NAME]);
}

function unusable(message: string): never {
  throw new EmbeddedDatabaseError('data_folder_unusable', message);
}
