import { QUANTITIES } from '#src/domain/parameters.ts';
import type { LawFiles } from './law-files.ts';
import { PLACEMENT_POLICY_FILE } from './placement-policy.ts';

/** Parameters that the first released rulesets do not have; nothing in answers given under those rests on them. */
const LATER = [
  ...[...Object.keys(QUANTITIES), 'inspection-weights'].map((name) => `policy/${name}.yaml`),
  PLACEMENT_POLICY_FILE,
  'policy/minimum-wage-exempt-scales.yaml',
  'pp-36-2021/wage/minimum-binds.yaml',
];

/** A stored ruleset with what later programs need besides, as it stands in `current`. */
export function withLaterFiles(stored: LawFiles, current: LawFiles): LawFiles {
  const later = LATER.filter((file) => !stored.has(file)).map((file) => [file, current.get(file)!] as const);
  return new Map([...stored, ...later]);
}
