import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { isMigrated, listen, migrate } from './db/index.ts';
import { type Deps, openDeps } from './deps.ts';
import { renewInBackground } from './facts/index.ts';
import { REVOCATIONS } from './http/callers.ts';
import { failAbandonedImports } from './imports/index.ts';
import { firstCommand } from './sample/first-command.ts';
import { loadSample } from './sample/load-sample.ts';

/** A listening service: what to tell whoever started it, and how to stop it. */
export type Service = { announcement: string[]; close(): Promise<void> };

/**
 * Starts the service on the database of its settings: a DATABASE_URL as it is, or the embedded one, which is
 * started, migrated, and on a first empty start given the sample region.
 */
export async function serve(config: Config, log: Logger): Promise<Service> {
  const { url, stop } = await openCluster(config, log);
  let deps: Deps | undefined;
  try {
    const embedded = config.DATABASE_URL === undefined;
    if (embedded || config.MIGRATE_ON_START) await migrate(url);
    deps = await openDeps(config, { databaseUrl: url, log });
    // A database that is away or behind makes the service unready, not absent.
    const ready = await isReady(deps).catch(() => false);
    if (ready) {
      if (embedded && config.PATUH_SAMPLE === 'on') await loadSample(deps);
      await failAbandonedImports(deps);
    } else log.warn('the database is not there, not migrated, or busy: not ready yet');
    const app = await buildApp(deps);
    await app.listen({ host: config.HOST, port: config.PORT });
    const address = addressOf(app.server.address() as AddressInfo);
    const { database } = deps;
    const announcement = [
      `Patuh listens on ${address}`,
      ...(config.DOCS === 'on' ? [`API documentation: ${address}/docs`] : []),
      ...(embedded ? await firstCommand(deps, address) : []),
    ];
    const endListening = listen(database.reader, REVOCATIONS, deps.tokens.forget);
    const endRenewing = renewInBackground(deps);
    return {
      announcement,
      async close() {
        endListening();
        await app.close();
        await endRenewing();
        await database.close();
        await stop();
      },
    };
  } catch (error) {
    await deps?.database.close();
    await stop();
    throw error;
  }
}

/** Whether questions can be answered; the law of this process is then in force. */
async function isReady({ database, rulesets }: Deps): Promise<boolean> {
  return (await isMigrated(database.pool)) && rulesets.ownIsInForce();
}

async function openCluster(config: Config, log: Logger): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL !== undefined) return { url: config.DATABASE_URL, stop: async () => {} };
  const { startEmbedded } = await import('./db/embedded.ts');
  return startEmbedded(config.PATUH_DATA_DIR, { tell: (news) => log.error(news) });
}

function addressOf({ address, family, port }: AddressInfo): string {
  const anywhere = address === '0.0.0.0' || address === '::';
  const host = anywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
