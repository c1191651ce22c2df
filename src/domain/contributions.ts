import type { Period } from './civil.ts';
import { add, MAX_RUPIAH, type Ppm, type Rupiah, share } from './money.ts';
import {
  type Cited,
  JKK_CLASSES,
  type JkkClass,
  JP_CEILING,
  ParameterNotPublished,
  type PeriodParameters,
  PROGRAMMES,
  type Programme,
} from './parameters.ts';
import { JHT, JKK, JKM, JP, maskOf, type ProgrammeMask, programmesOf } from './programme-mask.ts';
import type { Assessment } from './roster.ts';

/** What one programme costs, in rupiah; `base` is the wage that it was computed on. */
export type Contribution = { employer: Rupiah; worker: Rupiah; base: Rupiah };

/** The programmes that somebody is enrolled in, each with its contribution. */
export type Contributions = Partial<Record<Programme, Contribution>>;

/** What employer and worker pay, and the bill that is the sum of both. */
export type Totals = { employer: Rupiah; worker: Rupiah; bill: Rupiah };

/** The rates of each programme with where they stand; JKK and JKM are the employer's alone. */
export function ratesOf(
  parameters: PeriodParameters,
  jkkClass: JkkClass,
): Record<Programme, { employer: Cited<Ppm>; worker?: Cited<Ppm> }> {
  return {
    JKK: { employer: parameters.jkk[jkkClass] },
    JKM: { employer: parameters.jkm },
    JHT: parameters.jht,
    JP: parameters.jp,
  };
}

type Sum = Omit<Assessment, 'jkk'> & { jkk: [Rupiah, Rupiah, Rupiah, Rupiah, Rupiah] };

/** Adds up the contributions of a roster without keeping its workers; serves one roster after another. */
export type RosterAssessment = {
  /** Begins a roster, at zero, under the parameters of its month. */
  start(parameters: PeriodParameters): void;
  /** Adds a worker's wage; throws {@link ParameterNotPublished} where JP is asked and its ceiling is not published. */
  add(wage: Rupiah, programmes: ProgrammeMask): void;
  /** What has been added so far. */
  result(): Assessment;
};

/**
 * An empty assessment of rosters. The rule: each programme's rates times the worker's wage, JP on the wage up to its
 * ceiling (PP 44/2015 arts. 16 and 18, PP 46/2015 art. 16, PP 45/2015 arts. 28-29); each product rounded half up
 * to the whole rupiah per worker, programme and payer, then summed.
 */
export function rosterAssessment(): RosterAssessment {
  let parameters: PeriodParameters;
  let jkkRates: readonly Ppm[];
  let sum: Sum;

  return {
    start(started) {
      parameters = started;
      jkkRates = JKK_CLASSES.map((jkkClass) => parameters.jkk[jkkClass].value);
      sum = nothing(parameters.period);
    },

    add(wage, programmes) {
      if (!Number.isInteger(wage) || wage < 0 || wage > MAX_RUPIAH) throw new RangeError('wage out of range');
      if (programmes & JP && !parameters.jpCeiling)
        throw new ParameterNotPublished(JP_CEILING, parameters.period);
      sum.wageBase = add(sum.wageBase, wage);
      if (programmes & JKK) {
        for (let index = 0; index < 5; index += 1) {
          sum.jkk[index] = add(sum.jkk[index]!, share(wage, jkkRates[index]!));
        }
        sum.jkkBase = add(sum.jkkBase, wage);
      }
      if (programmes & JKM) {
        sum.jkm = add(sum.jkm, share(wage, parameters.jkm.value));
        sum.jkmBase = add(sum.jkmBase, wage);
      }
      if (programmes & JHT) {
        sum.jhtEmployer = add(sum.jhtEmployer, share(wage, parameters.jht.employer.value));
        sum.jhtWorker = add(sum.jhtWorker, share(wage, parameters.jht.worker.value));
        sum.jhtBase = add(sum.jhtBase, wage);
      }
      if (programmes & JP) {
        const base = Math.min(wage, parameters.jpCeiling!.value);
        sum.jpEmployer = add(sum.jpEmployer, share(base, parameters.jp.employer.value));
        sum.jpWorker = add(sum.jpWorker, share(base, parameters.jp.worker.value));
        sum.jpBase = add(sum.jpBase, base);
      }
    },

    result: () => ({ ...sum, jkk: [...sum.jkk] }),
  };
}

/** The contributions of one worker for one month, by the rule of {@link rosterAssessment}. `wage` is in rupiah. */
export function assessWorker(
  parameters: PeriodParameters,
  jkkClass: JkkClass,
  programmes: readonly Programme[],
  wage: Rupiah,
): Contributions {
  const mask = maskOf(programmes);
  const roster = rosterAssessment();
  roster.start(parameters);
  roster.add(wage, mask);
  return contributionsOf(roster.result(), jkkClass, mask);
}

/** An assessment programme by programme under a JKK class: those asked for, or those that any wage was paid into. */
export function contributionsOf(
  assessed: Assessment,
  jkkClass: JkkClass,
  asked?: ProgrammeMask,
): Contributions {
  const all: Record<Programme, Contribution> = {
    JKK: { employer: assessed.jkk[JKK_CLASSES.indexOf(jkkClass)]!, worker: 0, base: assessed.jkkBase },
    JKM: { employer: assessed.jkm, worker: 0, base: assessed.jkmBase },
    JHT: { employer: assessed.jhtEmployer, worker: assessed.jhtWorker, base: assessed.jhtBase },
    JP: { employer: assessed.jpEmployer, worker: assessed.jpWorker, base: assessed.jpBase },
  };
  const shown = asked === undefined ? PROGRAMMES.filter((each) => all[each].base > 0) : programmesOf(asked);
  return Object.fromEntries(shown.map((programme) => [programme, all[programme]]));
}

/** Sums over all programmes. */
export function totalsOf(contributions: Contributions): Totals {
  let employer = 0;
  let worker = 0;
  for (const contribution of Object.values(contributions)) {
    employer = add(employer, contribution.employer);
    worker = add(worker, contribution.worker);
  }
  return { employer, worker, bill: add(employer, worker) };
}

function nothing(from: Period): Sum {
  return {
    from,
    wageBase: 0,
    jkk: [0, 0, 0, 0, 0],
    jkkBase: 0,
    jkm: 0,
    jkmBase: 0,
    jhtEmployer: 0,
    jhtWorker: 0,
    jhtBase: 0,
    jpEmployer: 0,
    jpWorker: 0,
    jpBase: 0,
  };
}
