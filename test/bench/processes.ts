import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export type Server = { address: string; stop(): Promise<void> };

/** Starts a program with our own Node and waits for the line that says where it listens. */
export async function startServer(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /listens on (http\S+)/.exec(line)?.[1];
    if (address) return { address, stop: () => stop(child) };
  }
  throw new Error(`${program} ended before it listened`);
}

function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return ended;
}
