import { pino } from 'pino';
import { openDeps } from '#src/deps.ts';
import { counted } from '#src/domain/language.ts';
import { type Pace, renewAllStale } from '#src/facts/index.ts';
import { withDatabaseUrl } from './open.ts';

/** As fast as two cores allow, which the database has its part of. */
const PACE: Pace = { portion: 250, lanes: 3 };
/** So many employers are told of at a time. */
const STEP = 10_000;

/**
 * Puts the law of this release in force, unless it is, and computes anew what is stored under another one. Can be
 * stopped, run again, and run beside running services.
 */
export function renewUnderRules(): Promise<void> {
  return withDatabaseUrl(async (databaseUrl, config) => {
    const log = pino({ level: 'silent' });
    const deps = await openDeps(config, { databaseUrl, log });
    const say = (text: string) => process.stdout.write(`${text}\n`);
    try {
      let told = 0;
      const renewed = await renewAllStale(deps, PACE, {
        onRenewed(count) {
          if (count < told + STEP) return;
          told = count;
          say(`${count} employers …`);
        },
      });
      const inForce = await deps.rulesets.ownIsInForce();
      say(`${counted(renewed, 'employer')} renewed under ruleset ${deps.law.version}`);
      if (!inForce) say('another process has put another ruleset in force meanwhile: run it there');
    } finally {
      await deps.database.close();
    }
  });
}
