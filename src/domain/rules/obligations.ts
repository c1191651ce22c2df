import { addDays, addMonths, type Day, dayNumber, onDay, type Period } from '#src/domain/civil.ts';
import type { PeriodParameters, Programme, Scale, Sector } from '#src/domain/parameters.ts';
import { JP, maskOf, type ProgrammeMask, programmesOf } from './programme-mask.ts';

export const EMPLOYMENT_TYPES = ['permanent', 'fixed_term', 'daily', 'outsourced'] as const;
export type EmploymentType = (typeof EMPLOYMENT_TYPES)[number];

/** What decides the programmes that an employer must enrol a worker in. */
export type ObligationFacts = {
  scale: Scale;
  sector: Sector;
  employmentType?: EmploymentType | undefined;
  birthDate: Day;
  /** ISO 3166-1 alpha-2; Indonesian where absent. */
  citizenship?: string | undefined;
};

/** How many workers of a roster are alike in what decides whether they lack a programme. */
export type Coverage = {
  programmes: ProgrammeMask;
  /** Employed by the day, piece or season. */
  daily: boolean;
  /** Whether JP can be asked for: an obliged citizen below the retirement age of JP. */
  pensionable: boolean;
  workers: number;
};

/**
 * Whether JP can be asked for in the month of the parameters: not for who had reached the retirement age by its
 * first day (PP 45/2015 art. 15), and not for foreigners.
 */
export function pensionable(
  parameters: PeriodParameters,
  worker: { birthDate: Day; citizenship?: string | undefined },
): boolean {
  return pensionTest(parameters)(dayNumber(worker.birthDate), (worker.citizenship ?? 'ID') === 'ID');
}

/** {@link pensionable} for many workers of one month; their days of birth as {@link dayNumber} has them. */
export function pensionTest({ jpForeignersObliged, jpRetiredIfBornBy }: PeriodParameters) {
  const foreignersToo = jpForeignersObliged.value;
  const retired = dayNumber(jpRetiredIfBornBy);
  return (birth: number, citizen: boolean): boolean => (citizen || foreignersToo) && birth > retired;
}

/**
 * The obligatory programmes that a worker is not enrolled in, for the month of the parameters; 0 where none is
 * missing. Obligatory are those of the employer's scale (Perpres 109/2013 art. 6(3)), for daily workers in
 * construction JKK and JKM (art. 6(4)), and JP for the pensionable only.
 */
export function missingProgrammes(
  parameters: PeriodParameters,
  facts: ObligationFacts,
  enrolled: ProgrammeMask,
): ProgrammeMask {
  const daily = facts.employmentType === 'daily';
  return obligatory(parameters, facts, daily, pensionable(parameters, facts)) & ~enrolled;
}

/** How many workers of a roster lack obligatory programmes, and which programmes at least one of them lacks. */
export function programmesLacking(
  parameters: PeriodParameters,
  employer: { scale: Scale; sector: Sector },
  coverage: readonly Coverage[],
): { workers: number; programmes: Programme[] } {
  let workers = 0;
  let lacking: ProgrammeMask = 0;
  for (const group of coverage) {
    const missing = obligatory(parameters, employer, group.daily, group.pensionable) & ~group.programmes;
    if (missing === 0) continue;
    workers += group.workers;
    lacking |= missing;
  }
  return { workers, programmes: programmesOf(lacking) };
}

function obligatory(
  parameters: PeriodParameters,
  employer: { scale: Scale; sector: Sector },
  daily: boolean,
  owedPension: boolean,
): ProgrammeMask {
  const onSite = daily && employer.sector === 'construction';
  const rule = onSite ? parameters.obligatoryConstructionDaily : parameters.obligatory[employer.scale];
  const programmes = maskOf(rule.value);
  return owedPension ? programmes : programmes & ~JP;
}

/**
 * The latest day of birth of those who by the month's first day had reached the retirement age that was in force
 * when they reached it. The age rises in steps: who was 58 in 2024 is retired, although 59 holds from 2025 on.
 *
 * @param ages retirement ages in years with the day from which each holds, oldest first
 */
export function retiredIfBornBy(period: Period, ages: readonly { from: Day; years: number }[]): Day {
  const today = onDay(period, 1);
  let bornBy = '';
  for (const [index, age] of ages.entries()) {
    if (age.from > today) break;
    const next = ages[index + 1]?.from;
    const lastDay = next !== undefined && next <= today ? addDays(next, -1) : today;
    const reached = addMonths(lastDay, -12 * age.years);
    if (reached > bornBy) bornBy = reached;
  }
  return bornBy;
}
