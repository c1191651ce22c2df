import { pino } from 'pino';
import { readConfig } from '#src/config.ts';
import { type Deps, openDeps } from '#src/deps.ts';
import { numberAllWorkers, renewAllStale } from '#src/facts/index.ts';
import type { Place } from './place.ts';
import { PACE } from './recompute.ts';

const DAY_MS = 86_400_000;

/**
 * What `patuh rules renew` does some days later, when nothing was recorded of these employers meanwhile: in this
 * process, as the service looks for it only once an hour.
 */
export async function renewAfterDays(place: Place, days: number, employers: number): Promise<void> {
  const renewed = await inThisProcess(place, Date.now() + days * DAY_MS, (deps) => renewAllStale(deps, PACE));
  if (renewed < employers) throw new Error(`only ${renewed} of ${employers} employers were renewed`);
}

/** Gives workers their ids in this process, as the service does once an hour, or when somebody asks for them. */
export async function numberEverybody(place: Place): Promise<void> {
  await inThisProcess(place, Date.now(), (deps) => numberAllWorkers(deps));
}

async function inThisProcess<T>(place: Place, now: number, work: (deps: Deps) => Promise<T>): Promise<T> {
  const config = readConfig({ ...process.env, PATUH_DATA_DIR: place.folder });
  const log = pino({ level: 'silent' });
  const deps = await openDeps(config, { databaseUrl: place.url, log, clock: () => new Date(now) });
  try {
    return await work(deps);
  } finally {
    await deps.database.close();
  }
}
