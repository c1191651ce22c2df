import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db/index.ts';
import type { Law } from './domain/parameters.ts';
import type { Keys } from './http/keys.ts';
import type { TokenVerifier } from './http/tokens.ts';
import type { Regions } from './law/index.ts';
import type { KeyRing } from './personal-data/index.ts';

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
