import { z } from 'zod';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { DayField, DayOut } from '#src/http/fields.ts';

/** The first and the last day that are asked about. */
export const IntervalQuery = z.strictObject({
  from: DayField.meta({ description: 'First day that is asked about' }),
  to: DayField.meta({ description: 'Last day that is asked about; at most ten years after the first' }),
});

/** How an employer stood from one day to another. */
export const Interval = z
  .object({
    from: DayOut,
    to: DayOut,
    inOrderThroughout: z.boolean().meta({
      description: 'On no day of the interval did a breach hold, by the payments made by that day',
    }),
    breaches: z
      .array(
        z.object({
          from: DayOut,
          to: DayOut.meta({ description: 'Last day, included' }),
          codes: z.array(z.enum(REASON_CODES)).max(20),
        }),
      )
      .max(10_000),
  })
  .meta({
    id: 'Interval',
    description: 'A breach that a plan or an open dispute suspends holds nevertheless',
  });
