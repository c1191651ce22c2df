import { QUANTITIES } from '#src/domain/parameters.ts';
import type { LawFiles } from './law-files.ts';

/** Parameters that the first released rulesets do not have; nothing in answers given under those rests on them. */
const LATER = Object.keys(QUANTITIES).map((name) => `policy/${name}.yaml`);

/** A stored ruleset with what later programs need besides, as it stands in `current`. */
export function withLaterFiles(stored: LawFiles, current: LawFiles): LawFiles {
  const later = LATER.filter((file) => !stored.has(file)).map((file) => [file, current.get(file)!] as const);
  return new Map([...stored, ...later]);
}
