import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A path for keys where nothing is yet, gone when the test ends. */
export function keyFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'patuh-keys-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  return join(parent, 'keys');
}
