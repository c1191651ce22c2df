import type { Cited } from '#src/domain/cited.ts';
import { type Day, onDay, type Period } from '#src/domain/civil.ts';
import {
  type BpuParameters,
  CONSTRUCTION_BANDS,
  type ConstructionParameters,
  type DueOn,
  type JkpParameters,
  SCALES,
} from '#src/domain/parameters.ts';
import type { DueRule } from '#src/domain/rules/due-day.ts';
import type { LawParameter } from './parameter.ts';
import { citedEach, lastingSeriesOf, seriesOf } from './series.ts';

type DueOf = (period: Period, rule: Cited<DueRule>) => DueOn;

/** The informal segment (BPU) by contribution month. */
export function bpuOf(parameters: readonly LawParameter[], due: DueOf): (period: Period) => BpuParameters {
  const bands = lastingSeriesOf(parameters, 'pp-44-2015/bpu/income-bands', 'income_bands');
  const jkk = lastingSeriesOf(parameters, 'pp-44-2015/bpu/jkk', 'percent');
  const jkm = lastingSeriesOf(parameters, 'pp-44-2015/bpu/jkm', 'rupiah');
  const jht = lastingSeriesOf(parameters, 'pp-46-2015/jht/bpu', 'percent');
  const dueRule = lastingSeriesOf(parameters, 'pp-44-2015/payment/due-day-bpu', 'due_day');
  const transport = seriesOf(parameters, 'pp-50-2025/bpu/transport', 'percent');
  const other = seriesOf(parameters, 'pp-50-2025/bpu/other', 'percent');
  return (period) => {
    const day = onDay(period, 1);
    return {
      ...due(period, dueRule.on(day)!),
      bands: bands.on(day)!,
      jkk: jkk.on(day)!,
      jkm: jkm.on(day)!,
      jht: jht.on(day)!,
      partPaid: { transport: transport.on(day), other: other.on(day) },
    };
  };
}

/** Construction projects by contribution month; undefined before the first that is known. */
export function constructionOf(
  parameters: readonly LawParameter[],
  due: DueOf,
): (period: Period) => ConstructionParameters | undefined {
  const byValue = {
    JKK: seriesOf(parameters, CONSTRUCTION_BANDS, 'rate_bands'),
    JKM: seriesOf(parameters, 'permenaker-5-2021/construction/jkm-by-value', 'rate_bands'),
  };
  const byWages = {
    JKK: seriesOf(parameters, 'permenaker-5-2021/construction/jkk-by-wages', 'percent'),
    JKM: seriesOf(parameters, 'permenaker-5-2021/construction/jkm-by-wages', 'percent'),
  };
  const dueRule = lastingSeriesOf(parameters, 'policy/due-day-of-construction', 'due_day');
  return (period) => {
    const day = onDay(period, 1);
    const of = (programme: 'JKK' | 'JKM') => {
      const [value, wages] = [byValue[programme].on(day), byWages[programme].on(day)];
      return value && wages && { byValue: value, byWages: wages };
    };
    const [jkk, jkm] = [of('JKK'), of('JKM')];
    return jkk && jkm && { ...due(period, dueRule.on(day)!), JKK: jkk, JKM: jkm };
  };
}

/** JKP by contribution month; undefined before it began. */
export function jkpOf(parameters: readonly LawParameter[]): (day: Day) => JkpParameters | undefined {
  const jkk = seriesOf(parameters, 'pp-37-2021/jkp/from-jkk', 'percent');
  const jkm = seriesOf(parameters, 'pp-37-2021/jkp/from-jkm', 'percent');
  const state = seriesOf(parameters, 'pp-37-2021/jkp/state', 'percent');
  const ceiling = seriesOf(parameters, 'pp-37-2021/jkp/base-ceiling', 'rupiah');
  const entryAge = seriesOf(parameters, 'pp-37-2021/jkp/entry-age', 'years');
  const citizensOnly = seriesOf(parameters, 'pp-37-2021/jkp/citizens-only', 'yes_no');
  const required = SCALES.map(
    (name) => [name, seriesOf(parameters, `pp-37-2021/programmes/${name}`, 'programmes')] as const,
  );
  const mostOfJkk = lastingSeriesOf(parameters, 'policy/jkp-of-billed-jkk', 'percent');
  const promulgated = seriesOf(parameters, 'pp-49-2023/jkp/promulgated-on', 'day');
  const needed = [jkk, state, ceiling, entryAge, citizensOnly, ...required.map(([, series]) => series)];
  return (day) => {
    if (!needed.every((series) => series.on(day))) return undefined;
    return {
      fromJkk: jkk.on(day)!,
      fromJkm: jkm.on(day),
      state: state.on(day)!,
      ceiling: ceiling.on(day)!,
      mostOfJkk: mostOfJkk.on(day)!,
      // It speaks of arrears of months before it.
      promulgatedOn: promulgated.values.at(-1)!.cited,
      entryAge: entryAge.on(day)!,
      citizensOnly: citizensOnly.on(day)!,
      required: citedEach(required, day),
    };
  };
}
