import { z } from 'zod';
import { ppmOfPercent } from '#src/domain/money.ts';
import type { IncomeBand, RateBand, ScaleLimits } from '#src/domain/parameters.ts';
import { Percentage, WholeNumber } from './amounts.ts';

const IncomeBands = z
  .array(z.strictObject({ from: WholeNumber, nominal: WholeNumber }))
  .min(1)
  .superRefine(refuseBrokenBands);

const RateBands = z
  .array(z.strictObject({ from: WholeNumber, rate: Percentage }))
  .min(1)
  .superRefine(refuseBrokenBands);

const Limits = z
  .strictObject({ micro: WholeNumber, small: WholeNumber, medium: WholeNumber })
  .superRefine((limits, context) => {
    for (const [lower, higher] of [
      ['micro', 'small'],
      ['small', 'medium'],
    ] as const) {
      if (Number(limits[higher]) > Number(limits[lower])) continue;
      context.addIssue({ code: 'custom', path: [higher], message: `must be above ${lower}` });
    }
  });

/** Tables of values: each row is written with the amount that it begins at, and reaches up to the next row. */
export const TABLES = {
  income_bands: {
    schema: IncomeBands,
    read: (bands: z.infer<typeof IncomeBands>): readonly IncomeBand[] =>
      bands.map(({ from, nominal }) => ({ from: Number(from), nominal: Number(nominal) })),
  },
  rate_bands: {
    schema: RateBands,
    read: (bands: z.infer<typeof RateBands>): readonly RateBand[] =>
      bands.map(({ from, rate }) => ({ from: Number(from), rate: ppmOfPercent(rate) })),
  },
  scale_limits: {
    schema: z.strictObject({ assets: Limits, sales: Limits }),
    read: ({ assets, sales }: Record<'assets' | 'sales', z.infer<typeof Limits>>): ScaleLimits => ({
      assets: amounts(assets),
      sales: amounts(sales),
    }),
  },
};

function amounts({ micro, small, medium }: z.infer<typeof Limits>) {
  return { micro: Number(micro), small: Number(small), medium: Number(medium) };
}

function refuseBrokenBands(
  bands: readonly { from: string }[],
  context: { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void },
): void {
  for (const [index, { from }] of bands.entries()) {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: [index, 'from'], message });
    const before = bands[index - 1]?.from;
    if (before === undefined && Number(from) !== 0) refuse(`leaves a hole from 0 to ${from}`);
    if (before !== undefined && Number(from) <= Number(before))
      refuse(`must be above ${before}: two bands would overlap`);
  }
}
