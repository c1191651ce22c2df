import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** What follows a process's name in its state: its state, its parent, …; the name may hold anything. */
function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

export const parentOf = (pid: number) => Number(statOf(pid)[1]);

/** User and system time of a process. */
export function cpuSeconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND;
}

/** Of a process, its children that ended, and those that live. */
export function familySeconds(pid: number): number {
  for (;;) {
    const ended = endedSeconds(pid);
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const living = processes.reduce((sum, child) => sum + childSeconds(pid, Number(child)), 0);
    // One that ended meanwhile may have been counted twice, or not at all.
    if (endedSeconds(pid) === ended) return cpuSeconds(pid) + ended + living;
  }
}

function endedSeconds(pid: number): number {
  const stat = statOf(pid);
  return (Number(stat[13]) + Number(stat[14])) / TICKS_PER_SECOND;
}

function childSeconds(parent: number, pid: number): number {
  try {
    return parentOf(pid) === parent ? cpuSeconds(pid) : 0;
  } catch {
    // It ended since it was listed.
    return 0;
  }
}
