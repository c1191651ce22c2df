import { z } from 'zod';
import { PURPOSES, type Purpose } from '#src/domain/check-policy.ts';
import type { Day } from '#src/domain/civil.ts';
import { Basis, DayText } from './basis.ts';
import { FIRST_DAY } from './parameter.ts';

/** A file of policies with the members of `shape`, each from its day on: oldest first, and one for every day. */
export function datedPolicies<Shape extends z.ZodRawShape>(shape: Shape) {
  const values = z.array(z.strictObject({ from: DayText, basis: Basis, ...shape })).min(1);
  return z.strictObject({
    values: values.superRefine((given, context) => {
      const days = (given as { from: Day }[]).map(({ from }) => from);
      if (days[0]! > FIRST_DAY) {
        context.addIssue({
          code: 'custom',
          path: [0, 'from'],
          message: `leaves a hole from ${FIRST_DAY} to ${days[0]}`,
        });
      }
      for (const [index, from] of days.entries()) {
        const before = days[index - 1];
        if (before !== undefined && from <= before) {
          context.addIssue({ code: 'custom', path: [index, 'from'], message: `must be after ${before}` });
        }
      }
    }),
  });
}

/** A row for each purpose of a check. */
export function forPurposes<T>(row: (purpose: Purpose) => T): Record<Purpose, T> {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, row(purpose)])) as Record<Purpose, T>;
}
