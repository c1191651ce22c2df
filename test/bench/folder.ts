import { chmodSync, existsSync, globSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustEnd } from './ending.ts';

/** Makes a folder that is removed in the end, with the database in it and those in folders right under it. */
export function temporaryFolder(): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'patuh-bench-'));
  // Under root PostgreSQL runs as an account that has to pass through.
  chmodSync(path, 0o711);
  return { path, remove: mustEnd(() => removeFolder(path)) };
}

export function removeFolder(path: string): void {
  const clusters = globSync(['postgres', '*/postgres'], { cwd: path }).map((name) => join(path, name));
  // Where PostgreSQL could not pass through the folder, it has but a link to a cluster elsewhere.
  for (const cluster of clusters.filter((each) => existsSync(each)))
    rmSync(realpathSync(cluster), { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
}
