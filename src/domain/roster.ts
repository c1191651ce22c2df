import type { Day, Period } from './civil.ts';
import { type ProgrammeMask, rosterAssessment } from './contributions.ts';
import { type Rupiah, add } from './money.ts';
import { type EmploymentType, pensionable } from './obligations.ts';
import { JKK_CLASSES, type JkkClass, type Law } from './parameters.ts';

/**
 * What a roster costs in a contribution month, summed over its workers. JKK is kept for each of the five classes,
 * so that a class that BPJS decides later needs no second look at the workers.
 */
export type Assessment = {
  /** First contribution month that these amounts hold for. */
  from: Period;
  /** Employer's JKK for class I to V, and the wages it is computed on. */
  jkk: readonly Rupiah[];
  jkkBase: Rupiah;
  jkm: Rupiah;
  jkmBase: Rupiah;
  jhtEmployer: Rupiah;
  jhtWorker: Rupiah;
  jhtBase: Rupiah;
  jpEmployer: Rupiah;
  jpWorker: Rupiah;
  jpBase: Rupiah;
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
  wageBase: Rupiah;
  /** For the declared month first, then for each later month from which the same roster costs otherwise. */
  assessments: Assessment[];
  coverage: Coverage[];
};

/** Assesses a roster under the law of its month, and of later months for when it must stand in for them. */
export function rosterSums(law: Law, period: Period, lines: readonly AssessedLine[]): RosterSums {
  const assessments = [assess(law, period, lines)];
  for (let next = law.nextChangeAfter(period); next !== undefined; next = law.nextChangeAfter(next)) {
    const pensions = lines.some((line) => line.programmes & 8);
    if (pensions && law.at(next).jpCeiling === undefined) break;
    const assessment = assess(law, next, lines);
    const same = JSON.stringify({ ...assessment, from: '' }) === JSON.stringify({ ...assessments.at(-1)!, from: '' });
    if (!same) assessments.push(assessment);
  }
  return {
    headcount: lines.length,
    wageBase: lines.reduce((sum, line) => add(sum, line.wage), 0),
    assessments,
    coverage: coverageOf(law, period, lines),
  };
}

function assess(law: Law, period: Period, lines: readonly AssessedLine[]): Assessment {
  const parameters = law.at(period);
  const sums = rosterAssessment();
  const jkk = JKK_CLASSES.map((jkkClass) => {
    sums.start(parameters, jkkClass);
    for (const line of lines) sums.add(line.wage, line.programmes & 1);
    return sums.result().JKK?.employer ?? 0;
  });
  sums.start(parameters, 'I');
  for (const line of lines) sums.add(line.wage, line.programmes);
  const { JKK, JKM, JHT, JP } = sums.result();
  return {
    from: period,
    jkk,
    jkkBase: JKK?.base ?? 0,
    jkm: JKM?.employer ?? 0,
    jkmBase: JKM?.base ?? 0,
    jhtEmployer: JHT?.employer ?? 0,
    jhtWorker: JHT?.worker ?? 0,
    jhtBase: JHT?.base ?? 0,
    jpEmployer: JP?.employer ?? 0,
    jpWorker: JP?.worker ?? 0,
    jpBase: JP?.base ?? 0,
  };
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

/** The whole bill under a class: employers' and workers' shares of all programmes. */
export function billOf(assessment: Assessment, jkkClass: JkkClass): Rupiah {
  return (
    assessment.jkk[JKK_CLASSES.indexOf(jkkClass)]! +
    assessment.jkm +
    assessment.jhtEmployer +
    assessment.jhtWorker +
    assessment.jpEmployer +
    assessment.jpWorker
  );
}
