import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A service as a process of its own, on an embedded database that is durable, and what ends either. */
export type OwnService = {
  folder: string;
  /** Starts it, also again. */
  start(): Promise<{ child: ChildProcess; address: string }>;
  /** A token with these scopes; once it runs. */
  token(scope: string): string;
  /** The numbers of its database's processes, the postmaster first; none where it does not run. */
  databaseProcesses(): number[];
  remove(): void;
};

/** Makes a data folder for one. */
export function ownService(): OwnService {
  const folder = mkdtempSync(join(tmpdir(), 'patuh-own-'));
  const env = { ...process.env, PATUH_DATA_DIR: folder, PATUH_SAMPLE: 'off', PORT: '0', LOG_LEVEL: 'warn' };
  return {
    folder,
    async start() {
      const child = spawn(process.execPath, ['src/main.ts'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      for await (const line of createInterface({ input: child.stdout })) {
        const address = /listens on (http\S+)/.exec(line)?.[1];
        if (address) return { child, address };
      }
      throw new Error('the service ended before it listened');
    },
    token(scope) {
      const args = ['src/cli/patuh.ts', 'token', '--agency', 'uji', '--scope', scope, '--regions', '34'];
      return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout.trim();
    },
    databaseProcesses() {
      let postmaster: string;
      try {
        postmaster = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]!;
      } catch {
        return [];
      }
      const children = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout;
      const found = [...children.matchAll(/(\d+) +(\d+)/g)].filter(([, , parent]) => parent === postmaster);
      return [Number(postmaster), ...found.map(([, pid]) => Number(pid))];
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** How a process ends that is sent a signal. */
export async function endedBy(child: ChildProcess, signal: NodeJS.Signals) {
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
}
