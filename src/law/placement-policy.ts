import { z } from 'zod';
import { ACTIONS, PURPOSES } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import { PLACEMENT_FINDINGS, type PlacementPolicy } from '#src/domain/placements/placement-policy.ts';
import { type Basis, citation, Text } from './basis.ts';
import { datedPolicies, forPurposes } from './dated-policies.ts';
import type { LawFiles } from './law-files.ts';
import { readYaml } from './yaml-file.ts';

export const PLACEMENT_POLICY_FILE = 'placement-policy.yaml';

/** A subject that is not resolved has no placement to find anything of. */
const FoundAction = z.enum(ACTIONS).exclude(['confirm_subject']);

const File = datedPolicies({
  findings: z.record(
    z.enum(PLACEMENT_FINDINGS),
    z.strictObject({ action: FoundAction, article: Text.optional() }),
  ),
  forPurposes: z.array(
    z.strictObject({
      purposes: z.array(z.enum(PURPOSES)),
      found: z.array(z.enum(PLACEMENT_FINDINGS)),
      action: FoundAction,
    }),
  ),
});

/** The policies on what a check finds of a placement, each with the day from which it holds, oldest first. */
export type PlacementPolicies = readonly { from: Day; basis: Basis; policy: PlacementPolicy }[];

/** Reads the policies, each written out for every finding and purpose. */
export function readPlacementPolicies(files: LawFiles): PlacementPolicies {
  const { values } = readYaml(files, PLACEMENT_POLICY_FILE, File);
  return values.map(({ from, basis, ...value }) => {
    const rows = PLACEMENT_FINDINGS.map((finding) => [
      finding,
      forPurposes((purpose) => {
        const other = value.forPurposes.findLast(
          ({ purposes, found }) => purposes.includes(purpose) && found.includes(finding),
        );
        return other?.action ?? value.findings[finding].action;
      }),
    ]);
    const actions: PlacementPolicy['actions'] = Object.fromEntries(rows);
    const articles: PlacementPolicy['articles'] = Object.fromEntries(
      PLACEMENT_FINDINGS.flatMap((finding) => {
        const { article } = value.findings[finding];
        return article === undefined ? [] : [[finding, article]];
      }),
    );
    return { from, basis, policy: { article: citation(basis), articles, actions } };
  });
}
