import type { CrossCheckMeaning, CrossCheckName } from './cross-check.ts';
import { DUPLICATE_WORKERS } from './duplicate-workers.ts';
import { HEADCOUNT_DROP } from './headcount-drop.ts';
import { MINIMUM_WAGE_CLUSTER } from './minimum-wage-cluster.ts';
import { NIK_CONTRADICTIONS } from './nik-contradictions.ts';
import { PLACEMENT_SHORTFALL } from './placement-shortfall.ts';
import { RETIRED_IN_PENSION } from './retired-in-pension.ts';

/** What each cross-check looks for. */
export const MEANINGS: Record<CrossCheckName, CrossCheckMeaning> = {
  'duplicate-workers': DUPLICATE_WORKERS,
  'retired-in-pension': RETIRED_IN_PENSION,
  'minimum-wage-cluster': MINIMUM_WAGE_CLUSTER,
  'headcount-drop': HEADCOUNT_DROP,
  'nik-contradictions': NIK_CONTRADICTIONS,
  'placement-shortfall': PLACEMENT_SHORTFALL,
};
