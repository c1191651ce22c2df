import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustEnd } from './ending.ts';

/** Makes a folder that is removed in the end, with the database in it. */
export function temporaryFolder(): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'patuh-bench-'));
  // Under root PostgreSQL runs as an account that has to pass through.
  chmodSync(path, 0o711);
  return { path, remove: mustEnd(() => removeFolder(path)) };
}

export function removeFolder(path: string): void {
  const cluster = join(path, 'postgres');
  if (existsSync(cluster)) rmSync(realpathSync(cluster), { recursive: true, force: true });
  rmSync(path, { recursive: true, force: true });
}
