import { z } from 'zod';
import { ACTIONS, type CheckPolicy, PURPOSES, SERVICES } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import { STATUSES } from '#src/domain/status.ts';
import { type Basis, citation } from './basis.ts';
import { datedPolicies, forPurposes } from './dated-policies.ts';
import type { LawFiles } from './law-files.ts';
import { readYaml } from './yaml-file.ts';

const PurposeList = z.array(z.enum(PURPOSES));

const File = datedPolicies({
  actions: z.record(z.enum(STATUSES), z.enum(ACTIONS)),
  withArrears: z.array(
    z.strictObject({ purposes: PurposeList, statuses: z.array(z.enum(STATUSES)), action: z.enum(ACTIONS) }),
  ),
  flagHolds: z.record(z.enum(FLAG_KINDS), PurposeList),
  deniedServiceHolds: z.record(z.enum(SERVICES), PurposeList),
});
type Policy = z.infer<typeof File>['values'][number];

/** The policies on the action of a check, each with the day from which it holds, oldest first. */
export type CheckPolicies = readonly { from: Day; basis: Basis; policy: CheckPolicy }[];

/** Reads the policies, each written out for every purpose and status. */
export function readCheckPolicies(files: LawFiles): CheckPolicies {
  const { values } = readYaml(files, 'check-policy.yaml', File);
  return values.map((value) => ({ from: value.from, basis: value.basis, policy: writtenOut(value) }));
}

function writtenOut(value: Policy): CheckPolicy {
  const actions = forPurposes(() => ({ ...value.actions }));
  const actionsInArrears = forPurposes((purpose) => {
    const row = { ...value.actions };
    for (const { purposes, statuses, action } of value.withArrears) {
      if (purposes.includes(purpose)) for (const status of statuses) row[status] = action;
    }
    return row;
  });
  return {
    article: citation(value.basis),
    actions,
    actionsInArrears,
    flagHolds: value.flagHolds,
    serviceHolds: value.deniedServiceHolds,
  };
}
