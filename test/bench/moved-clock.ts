import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Day } from '#src/domain/civil.ts';

/** The file that says how many milliseconds off a process's clock is; read again at each SIGCONT, which ends nobody. */
const FILE = 'BENCH_CLOCK_FILE';
const TAKEN_WITHIN_MS = 500;
const RealDate = Date;

// Loaded before a service that is told of such a file, it moves the clock of that whole process.
const file = process.env[FILE];
if (file !== undefined) {
  let off = 0;
  const read = () => {
    off = Number(readFileSync(file, 'utf8'));
  };
  read();
  process.on('SIGCONT', read);
  globalThis.Date = class extends RealDate {
    constructor(...values: []) {
      if (values.length > 0) super(...values);
      else super(RealDate.now() + off);
    }

    static override now(): number {
      return RealDate.now() + off;
    }
  } as DateConstructor;
}

/** A clock at a morning of some day, as settings of a process that is to be started with it. */
export function clockAt(path: string, day: Day): Record<string, string> {
  writeClock(path, day);
  const preload = new URL(import.meta.url).pathname;
  return { [FILE]: path, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${preload}` };
}

/** Moves the clock of a process that was started with it: to the morning of a day, or to where it belongs. */
export async function moveClock(path: string, pid: number, day: Day | undefined): Promise<void> {
  writeClock(path, day);
  process.kill(pid, 'SIGCONT');
  await delay(TAKEN_WITHIN_MS);
}

function writeClock(path: string, day: Day | undefined): void {
  const off = day === undefined ? 0 : RealDate.parse(`${day}T09:00:00+07:00`) - RealDate.now();
  writeFileSync(path, String(off));
}
