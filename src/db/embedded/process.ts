import { existsSync, readFileSync } from 'node:fs';

const STATE = 0;
const STARTED = 19;

/**
 * When the process began, in ticks since boot: with its number it names one process even after numbers came round.
 * `gone` for one that ended, `unknown` where the system does not tell.
 */
export function startOfProcess(pid: number): string {
  if (existsSync('/proc/self/stat')) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name before the last parenthesis may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[STATE] === 'Z' || fields[STATE] === 'X' ? 'gone' : (fields[STARTED] ?? 'unknown');
    } catch {
      return 'gone';
    }
  }
  try {
    process.kill(pid, 0);
    return 'unknown';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'unknown' : 'gone';
  }
}

/** Whether the process was called with this argument; true where the system does not tell. */
export function wasCalledWith(pid: number, argument: string): boolean {
  if (!existsSync('/proc/self/cmdline')) return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(argument);
  } catch {
    return false;
  }
}
