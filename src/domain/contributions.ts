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
import { JKK, maskOf, type ProgrammeMask, programmesOf } from './programme-mask.ts';

export type { ProgrammeMask };

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

/** Adds up the contributions of a roster without keeping its workers; serves one roster after another. */
export type RosterAssessment = {
  /** Begins a roster, at zero, under the parameters of its month and the employer's JKK class. */
  start(parameters: PeriodParameters, jkkClass: JkkClass): void;
  /** Adds a worker's wage; throws {@link ParameterNotPublished} where JP is asked and its ceiling is not published. */
  add(wage: Rupiah, programmes: ProgrammeMask): void;
  /** What has been added so far; a programme that nobody is enrolled in is absent. */
  result(): Contributions;
  /** The employer's JKK of what has been added so far, had its class been I, II, III, IV or V. */
  jkkByClass(): Rupiah[];
};

/**
 * An empty assessment of rosters. The rule: each programme's rates times the worker's wage, JP on the wage up to its
 * ceiling (PP 44/2015 arts. 16 and 18, PP 46/2015 art. 16, PP 45/2015 arts. 28-29); each product rounded half up
 * to the whole rupiah per worker, programme and payer, then summed.
 */
export function rosterAssessment(): RosterAssessment {
  const sums = PROGRAMMES.map((): Contribution => ({ employer: 0, worker: 0, base: 0 }));
  const jkk = JKK_CLASSES.map(() => 0);
  let jkkRates: Ppm[] = [];
  let rates: { employer: Ppm; worker: Ppm; ceiling: Rupiah | undefined }[] = [];
  let ownClass: JkkClass = 'I';
  let period = '';
  let enrolled: ProgrammeMask = 0;

  return {
    start(parameters, jkkClass) {
      const cited = ratesOf(parameters, jkkClass);
      rates = PROGRAMMES.map((programme) => ({
        // JKK is summed for every class at once, below.
        employer: programme === 'JKK' ? 0 : cited[programme].employer.value,
        worker: cited[programme].worker?.value ?? 0,
        ceiling: programme === 'JP' ? parameters.jpCeiling?.value : MAX_RUPIAH,
      }));
      jkkRates = JKK_CLASSES.map((each) => parameters.jkk[each].value);
      ownClass = jkkClass;
      period = parameters.period;
      enrolled = 0;
      jkk.fill(0);
      for (const sum of sums) sum.employer = sum.worker = sum.base = 0;
    },

    add(wage, programmes) {
      if (!Number.isInteger(wage) || wage < 0 || wage > MAX_RUPIAH) throw new RangeError('wage out of range');
      for (let bit = 0; bit < rates.length; bit += 1) {
        if (!(programmes & (1 << bit))) continue;
        const { employer, worker, ceiling } = rates[bit]!;
        if (ceiling === undefined) throw new ParameterNotPublished(JP_CEILING, period);
        const sum = sums[bit]!;
        const base = Math.min(wage, ceiling);
        sum.employer = add(sum.employer, share(base, employer));
        sum.worker = add(sum.worker, share(base, worker));
        sum.base = add(sum.base, base);
      }
      if (programmes & JKK) {
        for (let index = 0; index < jkk.length; index += 1) {
          jkk[index] = add(jkk[index]!, share(wage, jkkRates[index]!));
        }
      }
      enrolled |= programmes;
    },

    result() {
      const result: Contributions = {};
      for (const programme of programmesOf(enrolled)) {
        result[programme] = { ...sums[PROGRAMMES.indexOf(programme)]! };
      }
      if (result.JKK) result.JKK.employer = jkk[JKK_CLASSES.indexOf(ownClass)]!;
      return result;
    },

    jkkByClass: () => [...jkk],
  };
}

/** The contributions of one worker for one month, by the rule of {@link rosterAssessment}. `wage` is in rupiah. */
export function assessWorker(
  parameters: PeriodParameters,
  jkkClass: JkkClass,
  programmes: readonly Programme[],
  wage: Rupiah,
): Contributions {
  const roster = rosterAssessment();
  roster.start(parameters, jkkClass);
  roster.add(wage, maskOf(programmes));
  return roster.result();
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
