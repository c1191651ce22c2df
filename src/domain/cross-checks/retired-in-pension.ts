import type { Day } from '#src/domain/civil.ts';
import { counted, dayText, periodText } from '#src/domain/language.ts';
import type { PeriodParameters } from '#src/domain/parameters.ts';
import { JP, type ProgrammeMask } from '#src/domain/rules/programme-mask.ts';
import { type CrossCheckMeaning, type Finding, niksOf } from './cross-check.ts';

/** What a roster line must tell of a worker's pension. */
export type PensionLine = { nik: string; birthDate: Day; programmes: ProgrammeMask };

export type RetiredFigures = {
  headcount: number;
  /** In years, in force in the month. */
  retirementAge: number;
  /** Who was born on or before this day had reached a retirement age in force by the month's first day. */
  bornOnOrBefore: Day;
};

export const RETIRED_IN_PENSION: CrossCheckMeaning = {
  title: { id: 'Pekerja usia pensiun dalam program JP', en: 'Workers of retirement age in JP' },
  meaning: {
    id:
      'Pekerja yang pada hari pertama bulan itu sudah mencapai usia pensiun JP tetapi dilaporkan dengan JP: iurannya ' +
      'tidak lagi terutang.',
    en:
      "Workers who had reached the retirement age of JP by the month's first day and are declared with JP all the " +
      'same: no contribution is due for them any more.',
  },
  thresholds(law, period) {
    const { value, parameter, title, article } = law.at(period).jpRetirementAge;
    return [{ parameter, title, article, value, unit: 'years' }];
  },
};

/** Workers over the retirement age of JP (PP 45/2015 art. 15) whom a roster declares with JP. */
export function retiredInPension(
  { period, jpRetirementAge, jpRetiredIfBornBy }: PeriodParameters,
  lines: readonly PensionLine[],
): Finding<RetiredFigures> | undefined {
  const retired = lines.filter(
    ({ programmes, birthDate }) => programmes & JP && birthDate <= jpRetiredIfBornBy,
  );
  if (retired.length === 0) return undefined;
  const counts = `${retired.length} dari ${lines.length}`;
  return {
    workers: retired.length,
    figures: {
      headcount: lines.length,
      retirementAge: jpRetirementAge.value,
      bornOnOrBefore: jpRetiredIfBornBy,
    },
    niks: niksOf(retired),
    reason: {
      id: `${counts} pekerja pada ${periodText(period, 'id')} dilaporkan dengan JP meskipun sudah mencapai usia pensiun (lahir sampai dengan ${dayText(jpRetiredIfBornBy, 'id')}).`,
      en: `${retired.length} of ${counted(lines.length, 'worker')} of ${periodText(period, 'en')} ${retired.length === 1 ? 'is' : 'are'} declared with JP although of retirement age (born on or before ${dayText(jpRetiredIfBornBy, 'en')}).`,
    },
  };
}
