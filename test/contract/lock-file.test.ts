import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Of a package of the lock file, what npm checks it by. */
type Locked = { version: string; integrity?: string; optional?: boolean };

const LOCK = new URL('../../package-lock.json', import.meta.url);
/** Tools of development, whose binaries for other platforms the registry that wrote the lock file did not have. */
const ELSEWHERE = /^node_modules\/@(biomejs|oxlint|oxlint-tsgolint)\//;
const FEWEST_PACKAGES = 500;

test('nothing but what the lock file has the digest of is installed, binaries of tools elsewhere aside', () => {
  const { packages } = JSON.parse(readFileSync(LOCK, 'utf8')) as { packages: Record<string, Locked> };
  const { '': ours, ...others } = packages;
  expect(ours).toBeDefined();
  expect(Object.keys(others).length).toBeGreaterThan(FEWEST_PACKAGES);
  const unchecked = Object.entries(others).filter(
    ([path, { integrity, optional }]) =>
      !/^sha512-[\w+/]{86}==$/.test(integrity ?? '') && !(optional && ELSEWHERE.test(path)),
  );
  expect(unchecked.map(([path, { version }]) => `${path}@${version}`)).toEqual([]);
});
