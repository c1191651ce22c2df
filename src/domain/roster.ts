import type { Day, Period } from './civil.ts';
import { type Contributions, rosterAssessment, totalsOf } from './contributions.ts';
import { add, type Rupiah } from './money.ts';
import { type Coverage, type EmploymentType, pensionable } from './obligations.ts';
import { JKK_CLASSES, type JkkClass, type Law } from './parameters.ts';
import { JP, type ProgrammeMask } from './programme-mask.ts';

/**
 * What a roster costs in a contribution month, summed over its workers. JKK is kept for each of the five classes,
 * so that a class that BPJS decides later needs no second look at the workers.
 */
export type Assessment = {
  /** First contribution month that these amounts hold for. */
  from: Period;
  wageBase: Rupiah;
  /** Employer's JKK for class I to V, and the wages it is computed on. */
  jkk: readonly Rupiah[];
  jkkBase: Rupiah;
  /** The other programmes that anybody is enrolled in. */
  others: Omit<Contributions, 'JKK'>;
};

/** What a roster line must tell to be assessed. */
export type AssessedLine = {
  wage: Rupiah;
  programmes: ProgrammeMask;
  birthDate: Day;
  citizenship: string;
  employmentType?: EmploymentType | undefined;
};

/** Everything that is computed from the workers of a roster; what follows needs no worker any more. */
export type RosterSums = {
  headcount: number;
  /** For the declared month first, then for each later month from which the same roster costs otherwise. */
  assessments: Assessment[];
  coverage: Coverage[];
};

/** Assesses a roster under the law of its month, and of later months for when it must stand in for them. */
export function rosterSums(law: Law, period: Period, lines: readonly AssessedLine[]): RosterSums {
  const pensions = lines.some((line) => line.programmes & JP);
  const assessments = [assess(law, period, lines)];
  for (let next = law.nextChangeAfter(period); next !== undefined; next = law.nextChangeAfter(next)) {
    if (pensions && law.at(next).jpCeiling === undefined) break;
    const assessment = assess(law, next, lines);
    if (costs(assessment) !== costs(assessments.at(-1)!)) {
      assessments.push(assessment);
    }
  }
  return { headcount: lines.length, assessments, coverage: coverageOf(law, period, lines) };
}

function assess(law: Law, period: Period, lines: readonly AssessedLine[]): Assessment {
  const sums = rosterAssessment();
  sums.start(law.at(period), 'I');
  let wageBase = 0;
  for (const line of lines) {
    sums.add(line.wage, line.programmes);
    wageBase = add(wageBase, line.wage);
  }
  const { JKK, ...others } = sums.result();
  return { from: period, wageBase, jkk: sums.jkkByClass(), jkkBase: JKK?.base ?? 0, others };
}

/** What two assessments must have in common to be one. */
function costs({ from: _, ...amounts }: Assessment): string {
  return JSON.stringify(amounts);
}

function coverageOf(law: Law, period: Period, lines: readonly AssessedLine[]): Coverage[] {
  const parameters = law.at(period);
  const groups = new Map<string, Coverage>();
  for (const line of lines) {
    const group = {
      programmes: line.programmes,
      daily: line.employmentType === 'daily',
      pensionable: pensionable(parameters, line),
    };
    const key = `${group.programmes} ${group.daily} ${group.pensionable}`;
    const found = groups.get(key);
    if (found) found.workers += 1;
    else groups.set(key, { ...group, workers: 1 });
  }
  return [...groups.values()];
}

/** What the roster costs under a class, by programme. */
export function sharesOf(assessment: Assessment, jkkClass: JkkClass): Contributions {
  const employer = assessment.jkk[JKK_CLASSES.indexOf(jkkClass)]!;
  const jkk = assessment.jkkBase > 0 ? { JKK: { employer, worker: 0, base: assessment.jkkBase } } : {};
  return { ...jkk, ...assessment.others };
}

/** The whole bill under a class: employers' and workers' shares of all programmes. */
export function billOf(assessment: Assessment, jkkClass: JkkClass): Rupiah {
  return totalsOf(sharesOf(assessment, jkkClass)).bill;
}
