import type { Rupiah } from '#src/domain/money.ts';
import type { Scale, ScaleLimits } from '#src/domain/parameters.ts';

/**
 * The scale of an enterprise by its capital without land and building, where it is newly founded, or by its annual
 * sales (PP 7/2021 arts. 35-36), in rupiah; the limit itself still belongs to the smaller scale.
 */
export function scaleBy(limits: ScaleLimits, measure: 'assets' | 'sales', amount: Rupiah): Scale {
  const { micro, small, medium } = limits[measure];
  if (amount <= micro) return 'micro';
  if (amount <= small) return 'small';
  return amount <= medium ? 'medium' : 'large';
}
