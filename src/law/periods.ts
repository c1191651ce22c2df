import { onDay, type Period } from '#src/domain/civil.ts';
import { type Calendar, dueDay } from '#src/domain/due-day.ts';
import { retiredIfBornBy } from '#src/domain/obligations.ts';
import {
  type Cited,
  JKK_CLASSES,
  JP_CEILING,
  type Law,
  PeriodNotCovered,
  type PeriodParameters,
  SCALES,
} from '#src/domain/parameters.ts';
import { FIRST_PERIOD, type LawParameter } from './parameter.ts';
import { lastingSeriesOf, type Series, seriesOf } from './series.ts';
import type { ReadAs, UnitName } from './units.ts';

/** The parameters of contribution months: assembled once per month, then remembered. */
export function periodsOf(
  parameters: readonly LawParameter[],
  calendar: Calendar,
): Pick<Law, 'firstPeriod' | 'at' | 'nextChangeAfter'> {
  const read: Series<unknown>[] = [];
  const needed = <U extends UnitName>(id: string, unit: U): Series<ReadAs<U>> => {
    const series = lastingSeriesOf(parameters, id, unit);
    read.push(series);
    return series;
  };

  const jkk = JKK_CLASSES.map(
    (name) => [name, needed(`pp-44-2015/jkk/class-${name.toLowerCase()}`, 'percent')] as const,
  );
  const jkm = needed('pp-44-2015/jkm/rate', 'percent');
  const jht = {
    employer: needed('pp-46-2015/jht/employer', 'percent'),
    worker: needed('pp-46-2015/jht/worker', 'percent'),
  };
  const jp = {
    employer: needed('pp-45-2015/jp/employer', 'percent'),
    worker: needed('pp-45-2015/jp/worker', 'percent'),
  };
  const retirementAge = needed('pp-45-2015/jp/retirement-age', 'years');
  const foreigners = needed('pp-45-2015/jp/foreigners', 'yes_no');
  const obligatory = SCALES.map(
    (name) => [name, needed(`perpres-109-2013/programmes/${name}`, 'programmes')] as const,
  );
  const constructionDaily = needed('perpres-109-2013/programmes/construction-daily', 'programmes');
  const dueRule = needed('pp-44-2015/payment/due-day', 'due_day');
  const lateCharge = needed('pp-44-2015/payment/late-charge', 'percent');
  const governmentCharged = needed('policy/late-charge-of-government', 'yes_no');
  const indicativeClass = needed('policy/indicative-jkk-class', 'class_by_division');

  const ceiling = seriesOf(parameters, JP_CEILING, 'rupiah');
  const changes = [...new Set([...read, ceiling].flatMap((series) => series.changes))].sort();

  const assemble = (period: Period): PeriodParameters => {
    if (period < FIRST_PERIOD) throw new PeriodNotCovered(period, FIRST_PERIOD);
    const day = onDay(period, 1);
    const now = <T>(series: Series<T>): Cited<T> => series.on(day)!;
    const rule = now(dueRule);
    const dueOn = dueDay(period, rule.value, calendar);
    return {
      period,
      jkk: each(jkk, now),
      jkm: now(jkm),
      jht: { employer: now(jht.employer), worker: now(jht.worker) },
      jp: { employer: now(jp.employer), worker: now(jp.worker) },
      jpCeiling: ceiling.on(day),
      obligatory: each(obligatory, now),
      obligatoryConstructionDaily: now(constructionDaily),
      dueOn,
      calendarProvisional: calendar.isProvisional(dueOn),
      lateCharge: now(lateCharge),
      governmentCharged: now(governmentCharged),
      indicativeClass: now(indicativeClass),
      jpRetirementAge: now(retirementAge),
      jpRetiredIfBornBy: retiredIfBornBy(
        period,
        retirementAge.values.map(({ from, cited }) => ({ from, years: cited.value })),
      ),
      jpForeignersObliged: now(foreigners),
      dueRule: { ...rule, value: String(rule.value.day) },
    };
  };

  const remembered = new Map<Period, PeriodParameters>();
  return {
    firstPeriod: FIRST_PERIOD,
    at(period) {
      const known = remembered.get(period);
      if (known) return known;
      const assembled = assemble(period);
      remembered.set(period, assembled);
      return assembled;
    },
    nextChangeAfter: (period) => changes.find((change) => change > period),
  };
}

function each<K extends string, T>(
  series: readonly (readonly [K, Series<T>])[],
  now: (series: Series<T>) => Cited<T>,
): Record<K, Cited<T>> {
  return Object.fromEntries(series.map(([name, one]) => [name, now(one)])) as Record<K, Cited<T>>;
}
