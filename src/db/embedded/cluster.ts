import { chownSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './place.ts';
import { finish, type Programs } from './programs.ts';

/** The role that owns the cluster. */
export const OWNER = 'patuh';

/** Makes the cluster: whole or not at all, so that a start that was cut off leaves nothing half done. */
export async function makeCluster(
  { initdb }: Programs,
  place: Place,
  password: string,
  durable: boolean,
): Promise<void> {
  const { cluster, account } = place;
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFile = join(draft, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [draft, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const made = join(draft, 'cluster');
  const options = {
    pgdata: made,
    username: OWNER,
    pwfile: passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
  };
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  await finish(initdb, [...given, '--no-instructions', ...(durable ? [] : ['--no-sync'])], place);
  renameSync(made, cluster);
  rmSync(draft, { recursive: true });
}
