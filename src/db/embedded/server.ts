import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './error.ts';
import type { Place } from './place.ts';
import { startOfProcess, wasCalledWith } from './process.ts';
import { finish, type Programs, surroundings } from './programs.ts';

/** A server that takes connections; `stop` ends them and resolves when nothing of it runs any more. */
export type Server = { port: number; stop: () => Promise<void> };

/** The same, of one process: `ended` resolves when that has ended, and `hasten` has one that is ending wait for nobody. */
export type Running = Server & { ended: Promise<unknown>; hasten(): void };

const POLL_MS = 20;
const START_ATTEMPTS = 20;
/** Both pass: another program took the port first, or the last processes of a killed server are still ending. */
const PASSING = /could not bind|shared memory block/;
const STOP_SECONDS = 60;

/** Nothing that a caller sent may reach the log: the messages of failed statements quote values. */
const SILENT_ON_DATA = {
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
  log_destination: 'stderr',
  logging_collector: 'off',
};

/**
 * After each checkpoint the log takes every page whole that is written to: an import of a nation's rosters must not see
 * many. In return the log may take so much of the disk. Its pieces are not filled with zeroes before they are used:
 * whoever commits meanwhile would wait for that.
 */
const LOG = { max_wal_size: '4GB', checkpoint_timeout: '15min', wal_init_zero: 'off' };

/** Starts the cluster's server on a port, a free one where none is named; resolves when it takes connections. */
export async function begin(
  programs: Programs,
  place: Place,
  log: string,
  durable: boolean,
  port?: number,
): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const server = await tryToRun(programs, place, log, durable, port ?? (await freePort()));
    if (typeof server !== 'string') return server;
    if (attempt === START_ATTEMPTS || !PASSING.test(server)) {
      throw new EmbeddedDatabaseError(
        'database_not_started',
        `PostgreSQL did not start (${log}):\n${server}`,
      );
    }
    await sleep(10 * POLL_MS);
  }
}

/** Stops the server that a killed service left running on the cluster, if there is one. */
export async function stopLeftover(programs: Programs, place: Place): Promise<void> {
  const pid = postmasterOf(place.cluster)?.pid;
  if (pid !== undefined && isServer(pid, place.cluster)) await stopServer(programs.pg_ctl, place);
}

/** The server, or what it said when it ended instead. */
async function tryToRun(
  { pg_ctl, postgres }: Programs,
  place: Place,
  log: string,
  durable: boolean,
  port: number,
): Promise<Running | string> {
  const { cluster } = place;
  const safety = durable ? 'on' : 'off';
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: safety,
    full_page_writes: safety,
    synchronous_commit: safety,
    ...LOG,
    ...SILENT_ON_DATA,
  };
  const output = openSync(log, 'a', 0o600);
  const logged = statSync(log).size;
  const child = spawn(
    postgres,
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      ...surroundings(place, disowned(cluster)),
      // A group of its own: Ctrl-C is for the service, which stops the database when it has drained.
      detached: true,
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  const ended = endOf(child);
  const untie = tieToThisProcess(child);
  for (
    let over: string | undefined;
    over === undefined;
    over = await Promise.race([ended, sleep(POLL_MS, undefined)])
  ) {
    const postmaster = postmasterOf(cluster);
    if (postmaster?.pid !== child.pid || postmaster?.status !== 'ready') continue;
    child.unref();
    const stop = async () => {
      child.ref();
      if (child.exitCode === null && child.signalCode === null)
        await stopServer(pg_ctl, place).catch(async (error) => {
          // One that has just ended by itself cannot be stopped.
          if (await Promise.race([ended.then(() => false), sleep(POLL_MS, true)])) throw error;
        });
      await ended;
      untie();
    };
    // Asked to end, it takes no connection any more, and waits for those that it has: one may be kept for ever.
    const hasten = () => {
      if (postmasterOf(cluster)?.status === 'stopping') child.kill('SIGINT');
    };
    return { port, stop, ended, hasten };
  }
  untie();
  return `${await ended}${readFileSync(log).subarray(logged).toString('utf8')}`;
}

function stopServer(pg_ctl: string, place: Place): Promise<void> {
  return finish(
    pg_ctl,
    ['stop', '-D', place.cluster, '-m', 'fast', '-t', String(STOP_SECONDS), '--silent'],
    place,
  );
}

/** Resolves when the child has ended, or to why it never began. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve(''));
    child.once('error', ({ message }) => resolve(message));
  });
}

const ours = new WeakSet<object>();

/** Lets the server not outlive this process, however that ends, save by kill -9. Returns what undoes it. */
function tieToThisProcess(child: ChildProcess): () => void {
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const abandon = () => void child.kill('SIGINT');
  const onSignal = (signal: NodeJS.Signals) => {
    // Whoever else listens drains first and stops the server then.
    if (process.listeners(signal).some((listener) => !ours.has(listener))) return;
    untie();
    abandon();
    process.kill(process.pid, signal);
  };
  const untie = () => {
    process.off('exit', abandon);
    for (const signal of signals) process.off(signal, onSignal);
  };
  ours.add(onSignal);
  process.once('exit', abandon);
  for (const signal of signals) process.on(signal, onSignal);
  return untie;
}

/** What PostgreSQL's own lock file says. */
function postmasterOf(cluster: string): { pid: number; status: string | undefined } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() };
  } catch {
    return undefined;
  }
}

const isServer = (pid: number, cluster: string) =>
  startOfProcess(pid) !== 'gone' && wasCalledWith(pid, cluster);

/**
 * A lock file may name a process that got a dead server's number, as it often does in a container that starts anew.
 * PostgreSQL takes no account of the number that it is given here, but still looks whether the memory is in use.
 */
function disowned(cluster: string): Record<string, string> {
  const pid = postmasterOf(cluster)?.pid;
  return pid === undefined || isServer(pid, cluster) ? {} : { PG_GRANDPARENT_PID: String(pid) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
