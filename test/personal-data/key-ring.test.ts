import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openKeyRing, rotate } from '#src/personal-data/index.ts';
import { keyFolder } from './folder.ts';

const NIK = '3404075201900001';
const INDEX = pathToFileURL(join(import.meta.dirname, '../../src/personal-data/index.ts')).href;

async function inAnotherProcess(script: string): Promise<string> {
  const source = `import { openKeyRing, rotate } from '${INDEX}'; ${script}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(status).toBe(0);
  return output;
}

describe('the folder', () => {
  test('is for its owner only and holds nothing but whole keys', () => {
    const folder = keyFolder();
    openKeyRing(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder).sort()).toEqual(['lookup.json', 'sealing-0001.json']);
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  test('opens again with the same keys', () => {
    const folder = keyFolder();
    const first = openKeyRing(folder);
    const second = openKeyRing(folder);
    expect(second.blindIndex(NIK)).toEqual(first.blindIndex(NIK));
    expect(second.digest('x')).toEqual(first.digest('x'));
    expect(second.open(first.seal('secret', 'c'), 'c').toString()).toBe('secret');
  });

  test('without its lookup key is refused, not refilled', () => {
    const folder = keyFolder();
    openKeyRing(folder);
    rmSync(join(folder, 'lookup.json'));
    expect(() => openKeyRing(folder)).toThrow(expect.objectContaining({ code: 'key_missing' }));
    expect(readdirSync(folder)).toEqual(['sealing-0001.json']);
  });

  test.each(['', 'c2VjcmV0', 'null', '{"id":"00000000"}', '{"id":"0","key":"c2VjcmV0"}'])(
    'with a broken file %j says so without its content',
    (content) => {
      const folder = keyFolder();
      openKeyRing(folder);
      writeFileSync(join(folder, 'sealing-0001.json'), content);
      const refusal = expect.objectContaining({
        code: 'key_malformed',
        message: expect.not.stringContaining('c2VjcmV0'),
      });
      expect(() => openKeyRing(folder)).toThrow(refusal);
    },
  );

  test('opened by many processes at once gives all of them the same keys', async () => {
    const folder = keyFolder();
    const script = `
      const ring = openKeyRing(${JSON.stringify(folder)});
      console.log(ring.blindIndex('${NIK}').toString('hex'), ring.seal('from afar', 'c').toString('hex'));`;
    const outputs = await Promise.all(Array.from({ length: 8 }, () => inAnotherProcess(script)));
    const ring = openKeyRing(folder);
    for (const output of outputs) {
      const [index = '', sealed = ''] = output.trim().split(' ');
      expect(index).toBe(ring.blindIndex(NIK).toString('hex'));
      expect(ring.open(Buffer.from(sealed, 'hex'), 'c').toString()).toBe('from afar');
    }
    expect(readdirSync(folder).sort()).toEqual(['lookup.json', 'sealing-0001.json']);
  });
});

describe('rotation', () => {
  test('seals with the new key, opens with the old, and finds as before', () => {
    const folder = keyFolder();
    const before = openKeyRing(folder);
    const old = before.seal('old', 'c');
    rotate(folder);
    const after = openKeyRing(folder);
    const fresh = after.seal('new', 'c');
    expect(fresh.subarray(1, 5)).not.toEqual(old.subarray(1, 5));
    expect(after.open(old, 'c').toString()).toBe('old');
    expect(after.blindIndex(NIK)).toEqual(before.blindIndex(NIK));
    expect(after.digest('x')).toEqual(before.digest('x'));
  });

  test('is followed by a process that runs through it', async () => {
    const folder = keyFolder();
    const running = openKeyRing(folder);
    const sealed = await inAnotherProcess(`
      rotate(${JSON.stringify(folder)});
      console.log(openKeyRing(${JSON.stringify(folder)}).seal('new', 'c').toString('hex'));`);
    const value = Buffer.from(sealed.trim(), 'hex');
    expect(running.open(value, 'c').toString()).toBe('new');
    expect(running.seal('next', 'c').subarray(1, 5)).toEqual(value.subarray(1, 5));
  });

  test('keeps every older key as it was', () => {
    const folder = keyFolder();
    openKeyRing(folder);
    const first = readFileSync(join(folder, 'sealing-0001.json'));
    for (let times = 0; times < 11; times++) rotate(folder);
    expect(readdirSync(folder)).toHaveLength(13);
    expect(readFileSync(join(folder, 'sealing-0001.json'))).toEqual(first);
  });
});
