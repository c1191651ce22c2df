/**
 * Runs a program of this project with the project's own Node: `node src/cli/launch.mjs <program> [args...]`, the
 * program's path counted from the project's folder. Dependencies that are missing, or not those of the lock file,
 * are installed first; stdout belongs to the program alone.
 *
 * This is what runs on a machine that has nothing yet, hence plain JavaScript for Node 20 without any import.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROJECT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const OWN_NODE = join(PROJECT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const NODE_MAJOR = 24;
// Short-lived objects get some megabytes, not the hundred that they would take: pauses are shorter, memory is bounded.
// Of the others the next look comes when they are three quarters more, not when they are four times as many; none
// is held for long-lived because others from the same line of code were, as in an import.
const NODE_FLAGS = [
  '--max-semi-space-size=8',
  '--heap-growing-percent=75',
  '--no-allocation-site-pretenuring',
];
const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const LOCK = join(PROJECT, '.patuh/install.lock');
// What was compiled is not stripped of its types again, and the stripper, of 45 MB, not even loaded.
const COMPILED = join(PROJECT, 'node_modules/.cache/compiled');
const NODE_ENVIRONMENT = {
  NODE_COMPILE_CACHE: COMPILED,
  // glibc: one heap for all threads, and what is large stays outside of it, and is given back when it is let go.
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
};
const ABANDONED_AFTER_MS = 30 * 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SAME_SIGNAL_MS = 1_000;
const PARENT_WATCH_MS = 200;

const [program, ...args] = process.argv.slice(2);
if (program === undefined) refuse('usage: node src/cli/launch.mjs <program> [args...]');
await installWhatIsMissing();
process.exit(await runProgram());

async function installWhatIsMissing() {
  if (missing() === undefined) return;
  await takeLock();
  process.once('exit', () => rmSync(LOCK, { force: true }));
  // Another launch may have installed while this one waited.
  const reason = missing();
  if (reason !== undefined) await install(reason);
  rmSync(LOCK, { force: true });
}

/** Why an installation is needed; undefined when node_modules is what the lock file describes. */
function missing() {
  const wanted = packagesOf('package-lock.json');
  // npm writes this as the last step, so that it is absent after an installation that was cut off.
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return 'node_modules is missing or incomplete';
  for (const [path, { version, integrity, optional }] of Object.entries(wanted ?? {})) {
    if (path === '') continue;
    const found = installed[path];
    if (found === undefined && optional) continue;
    if (found?.version !== version || (integrity && found.integrity !== integrity))
      return 'package-lock.json has changed';
  }
  const foreign = Object.values(installed).some(
    ({ os, cpu }) => !fits(os, process.platform) || !fits(cpu, process.arch),
  );
  return foreign ? 'node_modules was made for another platform' : undefined;
}

function packagesOf(lockFile) {
  const path = join(PROJECT, lockFile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** npm's lists of platforms: those that it is for, or, with an exclamation mark, those that it is not for. */
function fits(list, value) {
  if (list === undefined || list.includes('any')) return true;
  return list.some((each) => each.startsWith('!')) ? !list.includes(`!${value}`) : list.includes(value);
}

async function install(reason) {
  say(`${reason}: installing the dependencies, which can take a minute`);
  const [command, ...first] = npm();
  const { code, output } = await run(
    command,
    [...first, 'ci', '--include=dev', '--include=optional', '--loglevel=error'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command === 'npm' && process.platform === 'win32',
      env: {
        ...process.env,
        // Some of npm's own requests know the system's certificates only in this way, and are tried for a minute each.
        ...(process.env.NODE_EXTRA_CA_CERTS === undefined &&
          existsSync(CA_BUNDLE) && { NODE_EXTRA_CA_CERTS: CA_BUNDLE }),
      },
    },
  );
  if (code === 0) return;
  process.stderr.write(output);
  refuse('the dependencies could not be installed', code);
}

/** The npm that called us, with the Node that it runs on: our own Node is about to be replaced. */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  return script && /npm-cli\.c?js$/.test(script) ? [node ?? process.execPath, script] : ['npm'];
}

async function takeLock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned()) rmSync(LOCK, { force: true });
    else {
      if (!waited) say('another launch is installing the dependencies: waiting for it');
      await sleep(200);
    }
  }
}

function isAbandoned() {
  try {
    if (Date.now() - statSync(LOCK).mtimeMs > ABANDONED_AFTER_MS) return true;
    const pid = Number(readFileSync(LOCK, 'utf8'));
    // Empty for the instant between its making and its filling.
    if (pid === 0) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

async function runProgram() {
  const command = [...NODE_FLAGS, resolve(PROJECT, program), ...args];
  const options = { stdio: 'inherit', env: { ...NODE_ENVIRONMENT, ...process.env } };
  try {
    return (await run(OWN_NODE, command, options)).code;
  } catch (error) {
    if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) {
      return (await run(process.execPath, command, options)).code;
    }
    return refuse(
      `the project's own Node does not start (${error.message}), and this one is ${process.version}: ` +
        `install Node ${NODE_MAJOR} or newer, or run \`npm rebuild node\``,
    );
  }
}

/** Runs a command to its end, handing on the signals that come meanwhile; fails only when it cannot be started. */
function run(command, parameters, options) {
  return new Promise((done, fail) => {
    const child = spawn(command, parameters, options);
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    const letGo = handSignalsTo(child);
    child.on('error', (error) => {
      letGo();
      fail(error);
    });
    child.on('close', (code, signal) => {
      letGo();
      done({ code: code ?? 128 + constants.signals[signal], output: Buffer.concat(output) });
    });
  });
}

/** Returns what ends it. */
function handSignalsTo(child) {
  const atTerminal = process.stdin.isTTY || process.stderr.isTTY;
  const last = {};
  const forward = (signal) => {
    // The terminal sends these to the child as well, and a server takes a second one for impatience.
    if (atTerminal && signal !== 'SIGTERM') return;
    // npm hands on what it gets, so that a signal to the whole group comes twice.
    const now = Date.now();
    if (now - (last[signal] ?? 0) > SAME_SIGNAL_MS) child.kill(signal);
    last[signal] = now;
  };
  for (const signal of SIGNALS) process.on(signal, forward);

  // A signal to npm ends the shell between npm and us, which hands on nothing: all that we see is its end.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, PARENT_WATCH_MS);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);

  return () => {
    clearInterval(watch);
    for (const signal of SIGNALS) process.off(signal, forward);
  };
}

function say(line) {
  process.stderr.write(`patuh: ${line}\n`);
}

function refuse(line, code = 1) {
  say(line);
  process.exit(code);
}
