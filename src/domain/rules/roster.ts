import type { Day, Period } from '#src/domain/civil.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import { JKK_CLASSES, type JkkClass, type Law, type PeriodParameters } from '#src/domain/parameters.ts';
import { type Contributions, type RosterAssessment, rosterAssessment } from './contributions.ts';
import { type Coverage, type EmploymentType, pensionable } from './obligations.ts';
import { JKK, JP, type ProgrammeMask } from './programme-mask.ts';
import { underReliefs } from './relief.ts';

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
  /** The same under PP 7/2025, where the month and the number of workers admit of it. */
  relievedJkk?: readonly Rupiah[];
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
  const sums = rosterAssessment();
  const assessments = [assess(sums, law.at(period), lines)];
  for (let next = law.nextChangeAfter(period); next !== undefined; next = law.nextChangeAfter(next)) {
    const parameters = law.at(next);
    if (pensions && parameters.jpCeiling === undefined) break;
    const assessment = assess(sums, parameters, lines);
    if (costs(assessment) !== costs(assessments.at(-1)!)) assessments.push(assessment);
  }
  return { headcount: lines.length, assessments, coverage: coverageOf(law, period, lines) };
}

function assess(
  sums: RosterAssessment,
  parameters: PeriodParameters,
  lines: readonly AssessedLine[],
): Assessment {
  sums.start(parameters, 'I');
  let wageBase = 0;
  for (const line of lines) {
    sums.add(line.wage, line.programmes);
    wageBase = add(wageBase, line.wage);
  }
  const { JKK: ofJkk, ...others } = sums.result();
  const assessment = {
    from: parameters.period,
    wageBase,
    jkk: sums.jkkByClass(),
    jkkBase: ofJkk?.base ?? 0,
    others,
  };
  const fewest = parameters.labourIntensive?.fewestWorkers.value;
  if (fewest === undefined || lines.length < fewest) return assessment;
  sums.start(underReliefs(parameters, ['PP7/2025']), 'I');
  for (const line of lines) sums.add(line.wage, line.programmes & JKK);
  return { ...assessment, relievedJkk: sums.jkkByClass() };
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

/** What the roster costs under a class, by programme; `relieved` where PP 7/2025 holds for the employer's month. */
export function sharesOf(assessment: Assessment, jkkClass: JkkClass, relieved = false): Contributions {
  const { jkkBase: base, others } = assessment;
  const employer = jkkOf(assessment, jkkClass, relieved);
  // In the order of the programmes, whatever order they were read in: what is shown follows it.
  return {
    ...(base > 0 && { JKK: { employer, worker: 0, base } }),
    ...(others.JKM && { JKM: others.JKM }),
    ...(others.JHT && { JHT: others.JHT }),
    ...(others.JP && { JP: others.JP }),
  };
}

/** The whole bill under a class: employers' and workers' shares of all programmes. */
export function billOf(assessment: Assessment, jkkClass: JkkClass, relieved = false): Rupiah {
  // Summed as it stands, because every month of every ledger passes here.
  let bill = jkkOf(assessment, jkkClass, relieved);
  const { JKM, JHT, JP } = assessment.others;
  if (JKM) bill = add(bill, add(JKM.employer, JKM.worker));
  if (JHT) bill = add(bill, add(JHT.employer, JHT.worker));
  if (JP) bill = add(bill, add(JP.employer, JP.worker));
  return bill;
}

function jkkOf({ jkk, relievedJkk }: Assessment, jkkClass: JkkClass, relieved: boolean): Rupiah {
  return ((relieved && relievedJkk) || jkk)[JKK_CLASSES.indexOf(jkkClass)]!;
}
