import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, accountForCluster, accountOf, mayEnter } from './account.ts';
import { EmbeddedDatabaseError } from './error.ts';

/** A data folder's cluster: its own folder (no link in the path) and the account that it runs as. */
export type Place = { cluster: string; account: Account; isNew: boolean };

/** Where root keeps what the account cannot reach otherwise, as below /root. */
export const REACHABLE = '/var/lib/patuh';

/** Finds the data folder's cluster, or chooses where a new one shall be. */
export function placeOf(folder: string): Place {
  const name = nameIn(folder);
  if (lstatSync(name, { throwIfNoEntry: false }) === undefined) {
    const account = accountForCluster();
    if (mayEnter(account, folder))
      return { cluster: join(realpathSync(folder), 'postgres'), account, isNew: true };
    mkdirSync(REACHABLE, { recursive: true, mode: 0o711 });
    return { cluster: join(REACHABLE, randomUUID()), account, isNew: true };
  }
  if (!existsSync(name)) unusable(`${name} leads to a database that is gone`);
  const cluster = realpathSync(name);
  const account = accountOf(cluster, statSync(cluster));
  if (!mayEnter(account, cluster))
    unusable(`the account ${account.uid}, whose ${cluster} is, may not enter it`);
  return { cluster, account, isNew: false };
}

/** Lets the data folder lead to its new cluster, once that is whole. */
export function keepPlace(folder: string, cluster: string): void {
  if (dirname(cluster) === REACHABLE) symlinkSync(cluster, nameIn(folder));
}

/** The password of the data folder's cluster, made with the cluster. */
export function passwordOf(folder: string, isNew: boolean): string {
  const file = join(folder, 'postgres-password');
  if (!existsSync(file)) {
    if (!isNew) unusable(`${file} is missing: without it nobody can open the database beside it`);
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

function unusable(message: string): never {
  throw new EmbeddedDatabaseError('data_folder_unusable', message);
}

const nameIn = (folder: string) => join(folder, 'postgres');
