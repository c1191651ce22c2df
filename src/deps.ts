import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { type Database, openDatabase } from './db/index.ts';
import type { Law } from './domain/parameters.ts';
import { type Keys, openKeys } from './http/keys.ts';
import { createTokenVerifier, issuerOf, type TokenVerifier } from './http/tokens.ts';
import { loadLaw, loadRegions, type Regions } from './law/index.ts';
import { type KeyRing, openKeyRing } from './personal-data/index.ts';

/** All that a use case can reach. Built in one place, passed in, never global. */
export type Deps = {
  config: Config;
  /** The instant now; tests move it. */
  clock: () => Date;
  database: Database;
  law: Law;
  regions: Regions;
  /** Seals, opens and finds personal data. */
  keyRing: KeyRing;
  /** Signs tokens and receipts. */
  keys: Keys;
  tokens: TokenVerifier;
  log: Logger;
};

/** Opens keys and connections, and reads the law. */
export async function openDeps(
  config: Config,
  { databaseUrl, log, clock = () => new Date() }: { databaseUrl: string; log: Logger; clock?: () => Date },
): Promise<Deps> {
  const keys = await openKeys(config.PATUH_DATA_DIR);
  const database = openDatabase(databaseUrl, { connections: config.DATABASE_CONNECTIONS });
  return {
    config,
    clock,
    database,
    law: loadLaw(),
    regions: loadRegions(),
    keyRing: openKeyRing(join(config.PATUH_DATA_DIR, 'keys')),
    keys,
    tokens: createTokenVerifier({ config, keys, database, clock, issuer: issuerOf(config) }),
    log,
  };
}
