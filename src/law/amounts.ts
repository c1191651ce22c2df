import { z } from 'zod';

/** A whole number of rupiah, years, days and the like, as quoted text. */
export const WholeNumber = z
  .string('must be a whole number as quoted text, not a YAML number')
  .regex(/^(0|[1-9]\d{0,14})$/, 'must be a whole number without sign or separators');

/** An exact percentage, as quoted text. */
export const Percentage = z
  .string('must be an exact decimal as quoted text, not a YAML number')
  .regex(/^(0|[1-9]\d{0,2})(\.\d{1,4})?$/, 'must be a decimal with at most 4 places');

/** A percentage that may be negative. */
export const SignedPercentage = z
  .string('must be an exact decimal as quoted text, not a YAML number')
  .regex(/^-?(0|[1-9]\d{0,2})(\.\d{1,4})?$/, 'must be a decimal with at most 4 places');
