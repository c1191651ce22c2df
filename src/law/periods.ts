import type { Cited } from '#src/domain/cited.ts';
import { onDay, type Period } from '#src/domain/civil.ts';
import {
  type DueOn,
  JKK_CLASSES,
  JP_CEILING,
  type Law,
  PeriodNotCovered,
  type PeriodParameters,
  SCALES,
} from '#src/domain/parameters.ts';
import { type Calendar, type DueRule, dueDay } from '#src/domain/rules/due-day.ts';
import { retiredIfBornBy } from '#src/domain/rules/obligations.ts';
import { FIRST_PERIOD, type LawParameter } from './parameter.ts';
import { jpDeferralOf, labourIntensiveOf, partPaidOf } from './reliefs.ts';
import { bpuOf, constructionOf, jkpOf } from './segments.ts';
import { citedEach, lastingSeriesOf, type Series, seriesOf } from './series.ts';
import type { ReadAs, UnitName } from './units.ts';

/** The parameters of contribution months: assembled once per month, then remembered. */
export function periodsOf(
  parameters: readonly LawParameter[],
  calendar: Calendar,
): Pick<Law, 'firstPeriod' | 'at' | 'nextChangeAfter'> {
  const needed = <U extends UnitName>(id: string, unit: U): Series<ReadAs<U>> =>
    lastingSeriesOf(parameters, id, unit);

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
  const ceiling = seriesOf(parameters, JP_CEILING, 'rupiah');
  const partPaid = partPaidOf(parameters);
  const labourIntensive = labourIntensiveOf(parameters);
  const jpDeferral = jpDeferralOf(parameters);

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
  const daysOfJkk = needed('pp-44-2015/wage/days-a-month', 'days');
  const daysOfJht = needed('pp-46-2015/wage/days-a-month', 'days');
  const pieceRateMonths = needed('pp-44-2015/wage/piece-rate-months', 'months');
  const weatherMonths = needed('pp-44-2015/wage/weather-months', 'months');
  const jkp = jkpOf(parameters);

  const due = (period: Period, rule: Cited<DueRule>): DueOn => {
    const dueOn = dueDay(period, rule.value, calendar);
    return { dueOn, calendarProvisional: calendar.isProvisional(dueOn), dueRule: rule };
  };
  const bpu = bpuOf(parameters, due);
  const construction = constructionOf(parameters, due);

  const assemble = (period: Period): PeriodParameters => {
    if (period < FIRST_PERIOD) throw new PeriodNotCovered(period, FIRST_PERIOD);
    const day = onDay(period, 1);
    const now = <T>(series: Series<T>): Cited<T> => series.on(day)!;
    return {
      period,
      jkk: citedEach(jkk, day),
      jkm: now(jkm),
      jht: { employer: now(jht.employer), worker: now(jht.worker) },
      jp: { employer: now(jp.employer), worker: now(jp.worker) },
      jpCeiling: ceiling.on(day),
      obligatory: citedEach(obligatory, day),
      obligatoryConstructionDaily: now(constructionDaily),
      ...due(period, now(dueRule)),
      lateCharge: now(lateCharge),
      governmentCharged: now(governmentCharged),
      indicativeClass: now(indicativeClass),
      jpRetirementAge: now(retirementAge),
      jpRetiredIfBornBy: retiredIfBornBy(
        period,
        retirementAge.values.map(({ from, cited }) => ({ from, years: cited.value })),
      ),
      jpForeignersObliged: now(foreigners),
      partPaid: partPaid.on(day),
      jpDeferral: jpDeferral(day),
      labourIntensive: labourIntensive.on(day),
      jkp: jkp(day),
      bpu: bpu(period),
      construction: construction(period),
      dailyWageDays: { JKK: now(daysOfJkk), JKM: now(daysOfJkk), JHT: now(daysOfJht) },
      averagedMonths: { pieceRate: now(pieceRateMonths), weather: now(weatherMonths) },
    };
  };

  const costs = [...jkk.map(([, series]) => series), jkm, jht.employer, jht.worker, jp.employer, jp.worker];
  const read = [...costs, ceiling, partPaid, labourIntensive];
  const changes = [...new Set(read.flatMap((one) => one.changes))].sort();
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
