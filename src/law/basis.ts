import { z } from 'zod';
import { CERTAINTIES } from '#src/domain/certainty.ts';
import { isDay, isPeriod } from '#src/domain/civil.ts';

export const Text = z.string().trim().min(1);
export const PeriodText = z.string().refine(isPeriod, 'must be a contribution month, YYYY-MM');
export const DayText = z.string().refine(isDay, 'must be a day that exists, YYYY-MM-DD');
export const Bilingual = z.strictObject({ id: Text, en: Text });

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
