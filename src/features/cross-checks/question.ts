import type { Deps } from '#src/deps.ts';
import type { Period } from '#src/domain/civil.ts';
import type { Finding } from '#src/domain/cross-checks/cross-check.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Actor } from '#src/http/actor.ts';
import type { CrossCheckItem } from './cross-check.ts';

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
  /** Full-time workers of large employers, by employer, so that their rosters are not opened again and again. */
  kept: Map<string, ReadonlySet<string>>;
};

/** What was found, by employer; about another month than the one asked for where it says so. */
export type Found<Figures> = Map<
  string,
  Finding<Figures> & { period?: Period; others?: CrossCheckItem['others'] }
>;
