import type { Cited } from '#src/domain/cited.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import {
  JKK_CLASSES,
  type JpDeferral,
  type LabourIntensiveRelief,
  type PeriodParameters,
} from '#src/domain/parameters.ts';
import type { LawParameter } from './parameter.ts';
import { citedEach, type Series, seriesOf } from './series.ts';

/** Something that holds in some months only, and the first months of its values and of its end. */
type Passing<T> = { on(day: Day): T; changes: readonly Period[] };

/** The cut of JKK and JKM by PP 49/2020. */
export function partPaidOf(parameters: readonly LawParameter[]): Passing<PeriodParameters['partPaid']> {
  const jkk = seriesOf(parameters, 'pp-49-2020/jkk/part-paid', 'percent');
  const jkm = seriesOf(parameters, 'pp-49-2020/jkm/part-paid', 'percent');
  return {
    on: (day) => ({ JKK: jkk.on(day), JKM: jkm.on(day) }),
    changes: [...jkk.changes, ...jkm.changes],
  };
}

/** The deferral of JP by PP 49/2020. */
export function jpDeferralOf(parameters: readonly LawParameter[]): (day: Day) => JpDeferral | undefined {
  const partPaid = seriesOf(parameters, 'pp-49-2020/jp/part-paid', 'percent');
  const settledFrom = seriesOf(parameters, 'pp-49-2020/jp/deferred-from', 'day');
  const settledUntil = seriesOf(parameters, 'pp-49-2020/jp/deferred-until', 'day');
  return (day) => {
    const [part, from, until] = [partPaid.on(day), settledFrom.on(day), settledUntil.on(day)];
    return part && from && until && { partPaid: part, settledFrom: from, settledUntil: until };
  };
}

/** The relief of labour-intensive industry by PP 7/2025 and PP 36/2025: in force while all of its parameters are. */
export function labourIntensiveOf(
  parameters: readonly LawParameter[],
): Passing<LabourIntensiveRelief | undefined> {
  const rates = JKK_CLASSES.map(
    (name) => [name, seriesOf(parameters, `pp-7-2025/jkk/class-${name.toLowerCase()}`, 'percent')] as const,
  );
  const fewest = seriesOf(parameters, 'pp-7-2025/jkk/fewest-workers', 'workers');
  const industries = seriesOf(parameters, 'pp-7-2025/jkk/industries', 'industries');
  const paid = seriesOf(parameters, 'pp-7-2025/jkk/paid-through', 'period');
  const all: Series<unknown>[] = [...rates.map(([, series]) => series), fewest, industries, paid];
  return {
    on(day) {
      if (!all.every((series) => series.on(day))) return undefined;
      const now = <T>(series: Series<T>): Cited<T> => series.on(day)!;
      return {
        rates: citedEach(rates, day),
        fewestWorkers: now(fewest),
        industries: now(industries),
        paidThrough: now(paid),
      };
    },
    changes: all.flatMap((series) => series.changes),
  };
}
