import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Does what matters of `npm ci`: is counted, takes its time, leaves our own Node and npm's own lock file. */
const NPM = `
import { appendFileSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
appendFileSync('calls', process.argv[2] + ' ');
console.log('added 1 package');
if (process.env.NPM_FAILS) { console.error('npm error the registry is away'); process.exit(7); }
await sleep(300);
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/node/bin', { recursive: true });
if (!process.env.NPM_LEAVES_NO_NODE) copyFileSync('own-node', 'node_modules/node/bin/node');
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;

const PROGRAM = `
const [command, ...rest]: string[] = process.argv.slice(2);
if (command === 'exit') process.exit(Number(rest[0]));
if (command === 'wait') {
  process.on('SIGTERM', () => { console.log('told to stop'); process.exit(5); });
  setInterval(() => {}, 1000);
}
console.log(process.env.OWN_NODE ? 'own node' : 'other node', ...process.argv.slice(2));
`;

let project: string;
const inProject = (name: string) => join(project, name);
const calls = () => readFileSync(inProject('calls'), 'utf8');

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'patuh-launch-'));
  mkdirSync(inProject('src/cli'), { recursive: true });
  cpSync(new URL('../../src/cli/launch.mjs', import.meta.url), inProject('src/cli/launch.mjs'));
  writeFileSync(inProject('npm-cli.js'), NPM);
  writeFileSync(inProject('program.ts'), PROGRAM);
  writeFileSync(inProject('package.json'), '{ "type": "module" }');
  writeFileSync(inProject('own-node'), `#!/bin/sh\nOWN_NODE=yes exec '${process.execPath}' "$@"\n`, {
    mode: 0o755,
  });
  writeLock({ version: '1.0.0', integrity: 'sha512-one' });
});

afterEach(() => rmSync(project, { recursive: true }));

function writeLock(one: object): void {
  writeFileSync(
    inProject('package-lock.json'),
    JSON.stringify({ packages: { '': {}, 'node_modules/one': one } }),
  );
}

function start(args: string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, ['src/cli/launch.mjs', 'program.ts', ...args], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      npm_execpath: inProject('npm-cli.js'),
      npm_node_execpath: process.execPath,
      ...env,
    },
  });
}

async function launch(args: string[], env?: Record<string, string>) {
  const child = start(args, env);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code };
}

test('installs what is missing, says so on stderr in one line, and leaves stdout to the program', async () => {
  const { out, err, code } = await launch(['a', '--b']);
  expect(out).toBe('own node a --b\n');
  expect(err).toMatch(/^patuh: node_modules is missing.*\n$/);
  expect(code).toBe(0);
  expect(calls()).toBe('ci ');
});

test('installs again only when the lock file changed or another platform installed', async () => {
  await launch([]);
  expect(await launch([])).toMatchObject({ err: '', out: 'own node\n' });
  expect(calls()).toBe('ci ');

  writeLock({ version: '1.0.1', integrity: 'sha512-two' });
  expect((await launch([])).err).toContain('package-lock.json has changed');
  expect((await launch([])).err).toBe('');

  const elsewhere = {
    packages: { 'node_modules/one': { version: '1.0.1', integrity: 'sha512-two', os: ['plan9'] } },
  };
  writeFileSync(inProject('node_modules/.package-lock.json'), JSON.stringify(elsewhere));
  expect((await launch([])).err).toContain('another platform');
  expect(calls()).toBe('ci ci ci ');
});

test('an optional package that was not installed is not missed', async () => {
  await launch([]);
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'));
  lock.packages['node_modules/other'] = { version: '1.0.0', os: ['plan9'], optional: true };
  writeFileSync(inProject('package-lock.json'), JSON.stringify(lock));
  expect((await launch([])).err).toBe('');
});

test('launches at the same time install once', async () => {
  const all = await Promise.all([launch(['a']), launch(['b']), launch(['c'])]);
  expect(all.map(({ out }) => out)).toEqual(['own node a\n', 'own node b\n', 'own node c\n']);
  expect(calls()).toBe('ci ');
});

test('the lock of a launch that was killed is taken over', async () => {
  const gone = spawn(process.execPath, ['--version']);
  await once(gone, 'exit');
  mkdirSync(inProject('.patuh'));
  writeFileSync(inProject('.patuh/install.lock'), String(gone.pid));
  expect((await launch([])).out).toBe('own node\n');
  expect(existsSync(inProject('.patuh/install.lock'))).toBe(false);
});

test('a failed installation shows what npm said and passes on its exit code', async () => {
  const { out, err, code } = await launch([], { NPM_FAILS: 'yes' });
  expect(out).toBe('');
  expect(err).toContain('npm error the registry is away');
  expect(code).toBe(7);
  expect(existsSync(inProject('.patuh/install.lock'))).toBe(false);
});

test('without a Node of our own the running one does, when it is new enough', async () => {
  expect((await launch([], { NPM_LEAVES_NO_NODE: 'yes' })).out).toBe('other node\n');
});

test('passes on exit codes and signals', async () => {
  expect((await launch(['exit', '42'])).code).toBe(42);
  const child = start(['wait']);
  const output = text(child.stdout);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(5);
  expect(await output).toContain('told to stop');
});

test('tells the program to stop when the shell that npm put between them ends', async () => {
  await launch([]);
  const launcher = [process.execPath, 'src/cli/launch.mjs', 'program.ts', 'wait']
    .map((word) => `'${word}'`)
    .join(' ');
  const shell = spawn('sh', ['-c', `${launcher}; true`], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, npm_lifecycle_event: 'start' },
  });
  const output = text(shell.stdout);
  await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  expect(await output).toContain('told to stop');
});
