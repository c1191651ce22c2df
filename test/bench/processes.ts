import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { mustEnd } from './ending.ts';

/** A server in a process of its own. */
export type Server = { address: string; pid: number; stop(): Promise<void> };

/** Starts a program with our own Node and its flags, and waits for the line that says where it listens. */
export function startServer(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Server> {
  return startProgram(process.execPath, [...process.execArgv, program, ...args], env);
}

/** Starts any program that says where it listens. */
export async function startProgram(
  program: string,
  args: string[],
  env: Record<string, string>,
): Promise<Server> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = mustEnd(() => stop(child));
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listens on (http\S+)/.exec(line)?.[1];
    if (!address) continue;
    // What it says later must not fill the pipe.
    child.stdout.resume();
    return { address, pid: child.pid!, stop: end };
  }
  await end();
  throw new Error(`${program} ${args.join(' ')} ended before it listened`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}

/** Runs a program of this machine to its end; returns what it said. Throws what it complained of. */
export function run(program: string, args: readonly string[], env: Record<string, string> = {}): string {
  const ran = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  if (ran.error) throw new Error(`${program} is needed: ${ran.error.message}`);
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout.trim();
}

/** Runs one command of psql on a database; the seconds that it took. */
export function psql(url: string, command: string): number {
  const started = performance.now();
  run('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', command, url]);
  return (performance.now() - started) / 1000;
}

/** Forgets how much memory a process ever held, so that the next peak is that of what comes now. */
export function forgetPeak(pid: number): void {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that a process held since its peak was forgotten, in MB; undefined where the system does not tell. */
export function peakMb(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
