import type { Period } from '#src/domain/civil.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import { JKK_CLASSES, type JkkClass, type Law, type PeriodParameters } from '#src/domain/parameters.ts';
import { type Contributions, type RosterAssessment, rosterAssessment } from './contributions.ts';
import { type Coverage, pensionTest } from './obligations.ts';
import { JKK, JP } from './programme-mask.ts';
import { underReliefs } from './relief.ts';
import { type AssessedColumns, type AssessedLine, columnsOf } from './roster-columns.ts';

export type { AssessedLine };

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

/** Everything that is computed from the workers of a roster; what follows needs no worker any more. */
export type RosterSums = {
  headcount: number;
  /** For the declared month first, then for each later month from which the same roster costs otherwise. */
  assessments: Assessment[];
  coverage: Coverage[];
};

/** Assesses a roster under the law of its month, and of later months for when it must stand in for them. */
export function rosterSums(law: Law, period: Period, lines: readonly AssessedLine[]): RosterSums {
  return sumsOfColumns(law, period, columnsOf(lines));
}

/** {@link rosterSums} of a roster in columns. */
export function sumsOfColumns(law: Law, period: Period, columns: AssessedColumns): RosterSums {
  const sums = rosterAssessment();
  const pensions = columns.programmes.some((programmes) => programmes & JP);
  let newest = assess(sums, law.at(period), columns);
  const assessments = [newest];
  for (let next = law.nextChangeAfter(period); next !== undefined; next = law.nextChangeAfter(next)) {
    const parameters = law.at(next);
    if (pensions && parameters.jpCeiling === undefined) break;
    const assessment = assess(sums, parameters, columns);
    if (costTheSame(assessment, newest)) continue;
    newest = assessment;
    assessments.push(assessment);
  }
  return { headcount: columns.count, assessments, coverage: coverageOf(law.at(period), columns) };
}

function assess(
  sums: RosterAssessment,
  parameters: PeriodParameters,
  { count, wages, programmes }: AssessedColumns,
): Assessment {
  sums.start(parameters, 'I');
  let wageBase = 0;
  for (let index = 0; index < count; index += 1) {
    sums.add(wages[index]!, programmes[index]!);
    wageBase += wages[index]!;
  }
  const { JKK: ofJkk, ...others } = sums.result();
  const assessment = {
    from: parameters.period,
    // It never falls: within what is exact at its end, it has been exact all along.
    wageBase: add(wageBase, 0),
    jkk: sums.jkkByClass(),
    jkkBase: ofJkk?.base ?? 0,
    others,
  };
  const fewest = parameters.labourIntensive?.fewestWorkers.value;
  if (fewest === undefined || count < fewest) return assessment;
  sums.start(underReliefs(parameters, ['PP7/2025']), 'I');
  for (let index = 0; index < count; index += 1) sums.add(wages[index]!, programmes[index]! & JKK);
  return { ...assessment, relievedJkk: sums.jkkByClass() };
}

/** Whether two assessments of the same workers have the same amounts, and so are one. */
function costTheSame(a: Assessment, b: Assessment): boolean {
  const [amounts, others] = [amountsOf(a), amountsOf(b)];
  return amounts.length === others.length && amounts.every((amount, index) => amount === others[index]);
}

function amountsOf({ wageBase, jkk, jkkBase, relievedJkk = [], others }: Assessment): (Rupiah | undefined)[] {
  const amounts: (Rupiah | undefined)[] = [wageBase, jkkBase, ...jkk, ...relievedJkk];
  const { JKM, JHT, JP } = others;
  for (const each of [JKM, JHT, JP]) amounts.push(each?.employer, each?.worker, each?.base);
  return amounts;
}

function coverageOf(parameters: PeriodParameters, columns: AssessedColumns): Coverage[] {
  const { count, programmes, births, citizens, daily } = columns;
  const owesPension = pensionTest(parameters);
  const groups: Coverage[] = [];
  /** The place of each kind of worker among the groups, from 1 on. */
  const places = new Uint8Array(64);
  for (let index = 0; index < count; index += 1) {
    const pensionable = owesPension(births[index]!, citizens[index] === 1);
    const kind = programmes[index]! | (daily[index]! << 4) | (pensionable ? 32 : 0);
    places[kind] ||= groups.push({
      programmes: programmes[index]!,
      daily: daily[index] === 1,
      pensionable,
      workers: 0,
    });
    groups[places[kind]! - 1]!.workers += 1;
  }
  return groups;
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
