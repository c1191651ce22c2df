import { z } from 'zod';
import { isDay, isPeriod } from '#src/domain/civil.ts';

export const Text = z.string().trim().min(1);
export const PeriodText = z.string().refine(isPeriod, 'must be a contribution month, YYYY-MM');
export const DayText = z.string().refine(isDay, 'must be a day that exists, YYYY-MM-DD');
export const Bilingual = z.strictObject({ id: Text, en: Text });

/**
 * How sure a statement about the law is: C1 read in the regulation's text, C2 in a report of it, C3 on a weak page;
 * R recalled; D derived from confirmed inputs; a product decision where the law is silent.
 */
export const CERTAINTIES = ['C1', 'C2', 'C3', 'R-high', 'R-med', 'R-low', 'D', 'product_decision'] as const;

/** Where a value of law stands. */
export const Basis = z.strictObject({
  instrument: Text,
  article: Text,
  publication: Text,
  summary: Text,
  status: z.enum(CERTAINTIES),
});
export type Basis = z.infer<typeof Basis>;

/** The article as it is cited: `PP 44/2015 art. 22`. */
export function citation({ instrument, article }: Basis): string {
  return `${instrument} ${article}`;
}
