import { z } from 'zod';
import { FULL_PRIORITY, type InspectionWeights, PRIORITY_PARTS } from '#src/domain/inspections/weights.ts';
import { countUpTo } from './amounts.ts';

/** So many that no product with a weight loses a unit. */
const HIGHEST_FIGURE = 1_000_000_000_000;

const part = { weight: countUpTo(FULL_PRIORITY), fullAt: countUpTo(HIGHEST_FIGURE) };
const Part = z.strictObject(part);

const Weights = z
  .strictObject({
    money: Part,
    workers: Part,
    age: Part,
    evidence: z.strictObject({ ...part, signalWeight: countUpTo(FULL_PRIORITY) }),
    history: Part,
    flags: Part,
  })
  .superRefine((weights, context) => {
    const sum = PRIORITY_PARTS.reduce((all, name) => all + Number(weights[name].weight), 0);
    if (sum !== FULL_PRIORITY)
      context.addIssue({
        code: 'custom',
        message: `must have weights of ${FULL_PRIORITY} in all, not ${sum}`,
      });
    const { weight, signalWeight } = weights.evidence;
    if (Number(signalWeight) > Number(weight))
      context.addIssue({
        code: 'custom',
        path: ['evidence', 'signalWeight'],
        message: `must not be above ${weight}, the weight of what an inspection found`,
      });
  });

/** How parts of a priority are weighed, as written and as read. */
export const INSPECTION_WEIGHTS = {
  schema: Weights,
  read: (written: z.infer<typeof Weights>): InspectionWeights => ({
    money: scale(written.money),
    workers: scale(written.workers),
    age: scale(written.age),
    evidence: { ...scale(written.evidence), signalWeight: Number(written.evidence.signalWeight) },
    history: scale(written.history),
    flags: scale(written.flags),
  }),
};

function scale({ weight, fullAt }: z.infer<typeof Part>) {
  return { weight: Number(weight), fullAt: Number(fullAt) };
}
