import { z } from 'zod';

/** A whole number of rupiah, years, days and the like, as quoted text. */
export const WholeNumber = z
  .string('must be a whole number as quoted text, not a YAML number')
  .regex(/^(0|[1-9]\d{0,14})$/, 'must be a whole number without sign or separators');

/** A {@link WholeNumber} from 1 up to the most that is believed, so that every day and month counted with it exists. */
export function countUpTo(most: number) {
  return WholeNumber.refine(
    (count) => Number(count) >= 1 && Number(count) <= most,
    `must be from 1 to ${most}`,
  );
}

/** An exact percentage of at most 100, as quoted text. */
export const Percentage = z
  .string('must be an exact decimal as quoted text, not a YAML number')
  .regex(/^(0|[1-9]\d{0,2})(\.\d{1,4})?$/, 'must be a decimal with at most 4 places')
  .refine((percent) => Number(percent) <= 100, 'must not be above 100');

/** A percentage between -100 and 100. */
export const SignedPercentage = z
  .string('must be an exact decimal as quoted text, not a YAML number')
  .regex(/^-?(0|[1-9]\d{0,2})(\.\d{1,4})?$/, 'must be a decimal with at most 4 places')
  .refine((percent) => Math.abs(Number(percent)) <= 100, 'must be from -100 to 100');
