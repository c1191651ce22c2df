import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openDatabase } from './db/index.ts';
import { type FactDeps, openRulesets } from './facts/index.ts';
import { type Keys, openKeys } from './http/keys.ts';
import { createTokenVerifier, issuerOf, type TokenVerifier } from './http/tokens.ts';
import { type LawFiles, loadLaw, loadRegions, readLawFiles } from './law/index.ts';
import { type Letters, openLetters } from './letters/index.ts';
import { openKeyRing } from './personal-data/index.ts';
import { type KnownEmployers, openKnownEmployers } from './registry/index.ts';

/** All that a use case can reach. Built in one place, passed in, never global. */
export type Deps = FactDeps & {
  config: Config;
  knownEmployers: KnownEmployers;
  /** Prints what is sent to people. */
  letters: Letters;
  /** Signs tokens and receipts. */
  keys: Keys;
  tokens: TokenVerifier;
};

/** Opens keys and connections, and reads the law, from its own files unless others are given. */
export async function openDeps(
  config: Config,
  {
    databaseUrl,
    log,
    clock = () => new Date(),
    lawFiles = readLawFiles(),
  }: { databaseUrl: string; log: Logger; clock?: () => Date; lawFiles?: LawFiles },
): Promise<Deps> {
  const law = loadLaw(lawFiles);
  const letters = openLetters();
  const keys = await openKeys(config.PATUH_DATA_DIR);
  const database = openDatabase(databaseUrl, { connections: config.DATABASE_CONNECTIONS });
  return {
    config,
    clock,
    database,
    law,
    rulesets: openRulesets({ database, clock, law, files: lawFiles }),
    knownEmployers: openKnownEmployers(database.pool),
    regions: loadRegions(),
    letters,
    keyRing: openKeyRing(join(config.PATUH_DATA_DIR, 'keys')),
    keys,
    tokens: createTokenVerifier({ config, keys, database, clock, issuer: issuerOf(config) }),
    log,
  };
}
