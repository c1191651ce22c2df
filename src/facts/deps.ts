import type { Logger } from 'pino';
import type { Database } from '#src/db/index.ts';
import type { LoadedLaw, Regions } from '#src/law/index.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import type { Rulesets } from './rulesets.ts';

/** What facts are recorded and read with. */
export type FactDeps = {
  /** The instant now; tests move it. */
  clock: () => Date;
  database: Database;
  /** The law that this process came with: for what is recorded now. Questions are answered by `rulesets`. */
  law: LoadedLaw;
  rulesets: Rulesets;
  regions: Regions;
  /** Seals, opens and finds personal data. */
  keyRing: KeyRing;
  log: Logger;
};
