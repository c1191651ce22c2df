import { z } from 'zod';
import { ACTIONS, type CheckPolicy, PURPOSES, type Purpose, SERVICES } from '#src/domain/check-policy.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import { STATUSES } from '#src/domain/status.ts';
import { Basis, citation, PeriodText } from './basis.ts';
import { readYaml } from './yaml-file.ts';

const PurposeList = z.array(z.enum(PURPOSES));

const Policy = z.strictObject({
  from: PeriodText,
  basis: Basis,
  actions: z.record(z.enum(STATUSES), z.enum(ACTIONS)),
  withArrears: z.array(
    z.strictObject({ purposes: PurposeList, statuses: z.array(z.enum(STATUSES)), action: z.enum(ACTIONS) }),
  ),
  flagHolds: z.record(z.enum(FLAG_KINDS), PurposeList),
  deniedServiceHolds: z.record(z.enum(SERVICES), PurposeList),
});

// A check is judged by one policy whatever its day, so a second one would silently rewrite the first.
const File = z.strictObject({ values: z.tuple([Policy]) });

/** The policy on the action of a check, written out for every purpose and status. */
export function readCheckPolicy(folder: string): CheckPolicy {
  const [policy] = readYaml(folder, 'check-policy.yaml', File).values;
  const actions = forPurposes(() => ({ ...policy.actions }));
  const actionsInArrears = forPurposes((purpose) => {
    const row = { ...policy.actions };
    for (const { purposes, statuses, action } of policy.withArrears) {
      if (purposes.includes(purpose)) for (const status of statuses) row[status] = action;
    }
    return row;
  });
  return {
    article: citation(policy.basis),
    actions,
    actionsInArrears,
    flagHolds: policy.flagHolds,
    serviceHolds: policy.deniedServiceHolds,
  };
}

function forPurposes<T>(row: (purpose: Purpose) => T): Record<Purpose, T> {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, row(purpose)])) as Record<Purpose, T>;
}
