import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedDatabaseError } from './error.ts';
import { startOfProcess } from './process.ts';

/** The process that serves a data folder; the port is absent until its database answers. */
export type Holder = { claim: string; pid: number; started: string; port?: number };

export type Claim = { publish: (port: number) => void; release: () => void };

const POLL_MS = 50;

/**
 * Makes this process the only one on the folder. Waits `patience` milliseconds for another that is about to end,
 * then refuses with `data_folder_in_use`.
 */
export async function claim(folder: string, patience: number): Promise<Claim> {
  const file = fileIn(folder);
  const self: Holder = { claim: randomUUID(), pid: process.pid, started: startOfProcess(process.pid) };
  const draft = `${file}.${self.claim}`;
  const write = (holder: Holder) => writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  const deadline = performance.now() + patience;
  try {
    for (write(self); !linked(draft, file); ) {
      const holder = holderOf(folder);
      if (holder === undefined) {
        // Several may find the same dead holder at once: the last one to put its name there has the folder.
        renameSync(draft, file);
        await sleep(POLL_MS);
        if (holderOf(folder)?.claim === self.claim) break;
        write(self);
      } else if (performance.now() < deadline) await sleep(POLL_MS);
      else {
        throw new EmbeddedDatabaseError(
          'data_folder_in_use',
          `${folder} is in use by process ${holder.pid}: stop it, or set PATUH_DATA_DIR to another folder`,
        );
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    publish(port) {
      write({ ...self, port });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** The living process that holds the folder, if there is one. */
export function holderOf(folder: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Holder;
    return startOfProcess(holder.pid) === holder.started ? holder : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Gives the file its name whole or not at all: nobody can find it half written. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

const fileIn = (folder: string) => join(folder, 'service.json');
