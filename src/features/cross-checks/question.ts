import type { Deps } from '#src/deps.ts';
import type { Period } from '#src/domain/civil.ts';
import type { Law, Scale } from '#src/domain/parameters.ts';
import type { Actor } from '#src/http/actor.ts';

/** What is asked of every employer in scope. */
export type Question = {
  deps: Deps;
  actor: Actor;
  law: Law;
  /** Narrows the caller's regions. */
  region: string | undefined;
  period: Period;
  /** Lets others have their turn between steps. */
  pause: () => Promise<void> | undefined;
};

/** An employer that is looked at. */
export type Examined = {
  employerId: string;
  legalName: string;
  npp?: string;
  regionCode: string;
  scale: Scale;
  isVendor: boolean;
};
