import { z } from 'zod';
import { ACTIONS, type CheckPolicy, PURPOSES, type Purpose, SERVICES } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import { STATUSES } from '#src/domain/status.ts';
import { Basis, citation, DayText } from './basis.ts';
import type { LawFiles } from './law-files.ts';
import { FIRST_DAY } from './parameter.ts';
import { readYaml } from './yaml-file.ts';

const PurposeList = z.array(z.enum(PURPOSES));

const Policy = z.strictObject({
  from: DayText,
  basis: Basis,
  actions: z.record(z.enum(STATUSES), z.enum(ACTIONS)),
  withArrears: z.array(
    z.strictObject({ purposes: PurposeList, statuses: z.array(z.enum(STATUSES)), action: z.enum(ACTIONS) }),
  ),
  flagHolds: z.record(z.enum(FLAG_KINDS), PurposeList),
  deniedServiceHolds: z.record(z.enum(SERVICES), PurposeList),
});
type Policy = z.infer<typeof Policy>;

const File = z.strictObject({
  values: z
    .array(Policy)
    .min(1)
    .superRefine((values, context) => {
      const first = values[0]!.from;
      if (first > FIRST_DAY) {
        context.addIssue({
          code: 'custom',
          path: [0, 'from'],
          message: `leaves a hole from ${FIRST_DAY} to ${first}`,
        });
      }
      for (const [index, { from }] of values.entries()) {
        const before = values[index - 1]?.from;
        if (before !== undefined && from <= before) {
          context.addIssue({ code: 'custom', path: [index, 'from'], message: `must be after ${before}` });
        }
      }
    }),
});

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

function forPurposes<T>(row: (purpose: Purpose) => T): Record<Purpose, T> {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, row(purpose)])) as Record<Purpose, T>;
}
