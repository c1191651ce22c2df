import type { Cited } from '#src/domain/cited.ts';
import { onDay, type Period } from '#src/domain/civil.ts';
import type { Ppm } from '#src/domain/money.ts';
import { BPU_SECTORS, JKK_CLASSES, type PeriodParameters } from '#src/domain/parameters.ts';
import { billedRate } from '#src/domain/rules/relief.ts';
import { LawDataError } from './law-data-error.ts';
import { FIRST_PERIOD, type LawParameter, valueOn } from './parameter.ts';
import { firstPeriodOf, parameterOf } from './series.ts';
import { faultIn } from './yaml-file.ts';

type Cut = { rate: Ppm; part: Cited<Ppm> | undefined };

/** Refuses a part of a rate (PP 49/2020, PP 50/2025) that comes to a fraction of a ppm in any month. */
export function refuseInexactParts(
  parameters: readonly LawParameter[],
  at: (period: Period) => PeriodParameters,
): void {
  const months = new Set(parameters.flatMap(({ values }) => values.map(({ from }) => firstPeriodOf(from))));
  for (const period of months) {
    if (period < FIRST_PERIOD) continue;
    for (const { rate, part } of cutsOf(at(period))) {
      try {
        billedRate(rate, part);
      } catch (error) {
        const parameter = parameterOf(parameters, part!.parameter);
        const inForce = parameter.values.indexOf(valueOn(parameter, onDay(period, 1))!);
        const message = `in ${period}: ${(error as Error).message}`;
        throw new LawDataError([faultIn(parameter, ['values', inForce, 'value'], message)]);
      }
    }
  }
}

function cutsOf({
  jkk,
  jkm,
  jp,
  partPaid,
  jpDeferral,
  labourIntensive,
  bpu,
  construction,
}: PeriodParameters): Cut[] {
  const projects = (['JKK', 'JKM'] as const).flatMap((programme) => {
    const rules = construction?.[programme];
    const rates = rules ? [...rules.byValue.value.map(({ rate }) => rate), rules.byWages.value] : [];
    return rates.map((rate) => ({ rate, part: partPaid[programme] }));
  });
  return [
    ...[jkk, labourIntensive?.rates].flatMap((rates) =>
      rates ? JKK_CLASSES.map((name) => ({ rate: rates[name].value, part: partPaid.JKK })) : [],
    ),
    { rate: jkm.value, part: partPaid.JKM },
    ...[jp.employer, jp.worker].map(({ value }) => ({ rate: value, part: jpDeferral?.partPaid })),
    { rate: bpu.jkk.value, part: partPaid.JKK },
    ...BPU_SECTORS.map((sector) => ({ rate: bpu.jkk.value, part: bpu.partPaid[sector] })),
    ...projects,
  ];
}
