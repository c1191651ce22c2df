import { type Day, isDay, onDay } from '#src/domain/civil.ts';
import { type Law, POLICIES, QUANTITIES, type QuantityName } from '#src/domain/parameters.ts';
import type { LawParameter } from './parameter.ts';
import { lastingSeriesOf } from './series.ts';
import type { UnitName } from './units.ts';

const QUANTITY_NAMES = Object.keys(QUANTITIES) as QuantityName[];

/** What the law says by days: terms of sanctions, reports and invitations, and the scales of enterprises. */
export function termsOf(
  parameters: readonly LawParameter[],
): Pick<
  Law,
  | 'regularisationTerm'
  | 'sanctionTerms'
  | 'reportingTerms'
  | 'scaleLimits'
  | 'minimumWage'
  | 'policy'
  | 'quantity'
  | 'inspectionWeights'
  | 'inspectionWeightChanges'
> {
  const lasting = <U extends UnitName>(id: string, unit: U) => {
    const series = lastingSeriesOf(parameters, id, unit);
    return (day: Day) => series.on(day)!;
  };
  const regularisationTerm = lasting('policy/regularisation-term', 'days');
  const warnings = lasting('pp-86-2013/sanctions/warnings', 'times');
  const warningTerm = lasting('pp-86-2013/sanctions/warning-term', 'working_days');
  const fineTerm = lasting('pp-86-2013/sanctions/fine-term', 'days');
  const fine = lasting('pp-86-2013/sanctions/fine', 'percent');
  const change = lasting('pp-44-2015/reporting/change', 'working_days');
  const newWorker = lasting('pp-44-2015/reporting/new-worker', 'days');
  const newWorkerInJp = lasting('pp-45-2015/reporting/new-worker', 'days');
  const policies = new Map(POLICIES.map((name) => [name, lasting(`policy/${name}`, 'choice')]));
  const quantities = new Map(
    QUANTITY_NAMES.map((name) => [name, lasting(`policy/${name}`, QUANTITIES[name])]),
  );
  const weights = lastingSeriesOf(parameters, 'policy/inspection-weights', 'inspection_weights');
  const minimumBinds = lasting('pp-36-2021/wage/minimum-binds', 'yes_no');
  const exemptScales = lasting('policy/minimum-wage-exempt-scales', 'scales');
  return {
    regularisationTerm,
    sanctionTerms: (day) => ({
      warnings: warnings(day),
      warningTerm: warningTerm(day),
      fineTerm: fineTerm(day),
      fine: fine(day),
    }),
    reportingTerms: (day) => ({
      change: change(day),
      newWorker: newWorker(day),
      newWorkerInJp: newWorkerInJp(day),
    }),
    scaleLimits: lasting('pp-7-2021/scale/limits', 'scale_limits'),
    minimumWage: (day) => ({ binds: minimumBinds(day), exempt: exemptScales(day) }),
    policy: (name, day) => policies.get(name)!(day),
    quantity: (name, day) => quantities.get(name)!(day),
    inspectionWeights: (day) => weights.on(day)!,
    inspectionWeightChanges: weights.values.map(({ from }) => (isDay(from) ? from : onDay(from, 1))),
  };
}
