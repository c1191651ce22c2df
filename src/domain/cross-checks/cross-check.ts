import type { Cited } from '#src/domain/cited.ts';
import { type Day, onDay, type Period } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import { percentOfPpm } from '#src/domain/money.ts';
import { type Law, QUANTITIES, type QuantityName } from '#src/domain/parameters.ts';

/** What rosters of a whole population show when they are held against one another, against rules and contracts. */
export const CROSS_CHECKS = [
  'duplicate-workers',
  'retired-in-pension',
  'minimum-wage-cluster',
  'headcount-drop',
  'nik-contradictions',
  'placement-shortfall',
] as const;
export type CrossCheckName = (typeof CROSS_CHECKS)[number];

/** What a cross-check found of one employer: a signal to look at, never a verdict. */
export type Finding<Figures> = {
  /** How many workers it is about. */
  workers: number;
  figures: Figures;
  /** NIKs of these workers, where it is about certain ones: to look up their ids, not to be shown. */
  niks: readonly string[];
  reason: Record<Language, string>;
};

/** What a cross-check looks for, as people read it. */
export type CrossCheckMeaning = {
  title: Record<Language, string>;
  meaning: Record<Language, string>;
  thresholds: (law: Law, period: Period) => Threshold[];
};

/** A number that a cross-check depends on; percentages in percent. */
export type Threshold = Pick<Cited<number>, 'parameter' | 'title' | 'article'> & {
  value: number;
  unit: string;
};

/** The day of a month whose parameters a cross-check on that month is made with. */
export function dayOfRules(period: Period): Day {
  return onDay(period, 1);
}

/** Numbers that Patuh decides, as thresholds. */
export function quantities(...names: QuantityName[]): CrossCheckMeaning['thresholds'] {
  return (law, period) =>
    names.map((name) => {
      const { value, parameter, title, article } = law.quantity(name, dayOfRules(period));
      const unit = QUANTITIES[name];
      return {
        parameter,
        title,
        article,
        unit,
        value: unit === 'percent' ? Number(percentOfPpm(value)) : value,
      };
    });
}

/** The lines of a roster by the worker's NIK. */
export function niksOf(lines: readonly { nik: string }[]): string[] {
  return lines.map(({ nik }) => nik);
}
