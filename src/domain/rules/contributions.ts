import type { Cited } from '#src/domain/cited.ts';
import { add, MAX_RUPIAH, type Ppm, type Rupiah, share } from '#src/domain/money.ts';
import {
  JKK_CLASSES,
  type JkkClass,
  JP_CEILING,
  ParameterNotPublished,
  type PeriodParameters,
  PROGRAMMES,
  type Programme,
} from '#src/domain/parameters.ts';
import { JHT, JKK, JKM, JP, maskOf, type ProgrammeMask, programmesOf } from './programme-mask.ts';
import { billedRate } from './relief.ts';

export type { ProgrammeMask };

/** What one programme costs, in rupiah; `base` is the wage that it was computed on. */
export type Contribution = { employer: Rupiah; worker: Rupiah; base: Rupiah };

/** The programmes that somebody is enrolled in, each with its contribution. */
export type Contributions = Partial<Record<Programme, Contribution>>;

/** What employer and worker pay, and the bill that is the sum of both. */
export type Totals = { employer: Rupiah; worker: Rupiah; bill: Rupiah };

/** A programme's rates with where they stand, and the part of them that is paid where the law cuts them. */
export type ProgrammeRates = { employer: Cited<Ppm>; worker?: Cited<Ppm>; partPaid?: Cited<Ppm> | undefined };

/** The rates of each programme; JKK and JKM are the employer's alone. */
export function ratesOf(parameters: PeriodParameters, jkkClass: JkkClass): Record<Programme, ProgrammeRates> {
  const { jkk, jkm, jht, jp, partPaid } = parameters;
  return {
    JKK: { employer: jkk[jkkClass], partPaid: partPaid.JKK },
    JKM: { employer: jkm, partPaid: partPaid.JKM },
    JHT: jht,
    JP: { ...jp, partPaid: partPaid.JP },
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

/** Where the amounts of a roster stand: the employer's JKK of each class, then what each payer owes, then the bases. */
const JKM_EMPLOYER = JKK_CLASSES.length;
const JHT_EMPLOYER = JKM_EMPLOYER + 1;
const JP_EMPLOYER = JHT_EMPLOYER + 2;
const BASES = JP_EMPLOYER + 2;
const AMOUNTS = BASES + PROGRAMMES.length;

/**
 * Up to this base the product with any rate, and its quotient, are exact as they are: `share` is then written out below,
 * because a call makes assessing rosters a fifth slower, at least.
 */
const PLAIN_BASE: Rupiah = 8_000_000_000;

/**
 * An empty assessment of rosters. The rule: each programme's rates times the worker's wage, JP on the wage up to its
 * ceiling (PP 44/2015 arts. 16 and 18, PP 46/2015 art. 16, PP 45/2015 arts. 28-29), cut where PP 49/2020 cuts them;
 * each product rounded half up to the whole rupiah per worker, programme and payer, then summed.
 */
export function rosterAssessment(): RosterAssessment {
  // A nation's roster lines pass here: arrays of numbers in one piece are read and written without any allocation.
  const rates = new Float64Array(BASES);
  const sums = new Float64Array(AMOUNTS);
  let ceiling: Rupiah | undefined;
  let ownClass: JkkClass = 'I';
  let period = '';
  let enrolled: ProgrammeMask = 0;

  const addShares = (base: Rupiah, first: number, end: number): void => {
    for (let at = first; at < end; at += 1) {
      const rate = rates[at]!;
      sums[at]! += base <= PLAIN_BASE ? Math.floor((base * rate + 500_000) / 1_000_000) : share(base, rate);
    }
  };
  // No sum ever falls, so one that ends within what is exact has been exact all along.
  const sumAt = (at: number): Rupiah => add(sums[at]!, 0);

  return {
    start(parameters, jkkClass) {
      const { jkk, jkm, jht, jp, partPaid } = parameters;
      rates.set([
        ...JKK_CLASSES.map((each) => billedRate(jkk[each].value, partPaid.JKK)),
        billedRate(jkm.value, partPaid.JKM),
        jht.employer.value,
        jht.worker.value,
        billedRate(jp.employer.value, partPaid.JP),
        billedRate(jp.worker.value, partPaid.JP),
      ]);
      ceiling = parameters.jpCeiling?.value;
      ownClass = jkkClass;
      period = parameters.period;
      enrolled = 0;
      sums.fill(0);
    },

    add(wage, programmes) {
      if (!Number.isInteger(wage) || wage < 0 || wage > MAX_RUPIAH) throw new RangeError('wage out of range');
      if (programmes & JP && ceiling === undefined) throw new ParameterNotPublished(JP_CEILING, period);
      enrolled |= programmes;
      if (programmes & JKK) {
        addShares(wage, 0, JKM_EMPLOYER);
        sums[BASES]! += wage;
      }
      if (programmes & JKM) {
        addShares(wage, JKM_EMPLOYER, JHT_EMPLOYER);
        sums[BASES + 1]! += wage;
      }
      if (programmes & JHT) {
        addShares(wage, JHT_EMPLOYER, JP_EMPLOYER);
        sums[BASES + 2]! += wage;
      }
      if (programmes & JP) {
        const base = Math.min(wage, ceiling!);
        addShares(base, JP_EMPLOYER, BASES);
        sums[BASES + 3]! += base;
      }
    },

    result() {
      const first = {
        JKK: JKK_CLASSES.indexOf(ownClass),
        JKM: JKM_EMPLOYER,
        JHT: JHT_EMPLOYER,
        JP: JP_EMPLOYER,
      };
      const result: Contributions = {};
      for (const programme of programmesOf(enrolled)) {
        const at = first[programme];
        const shared = programme === 'JHT' || programme === 'JP';
        result[programme] = {
          employer: sumAt(at),
          worker: shared ? sumAt(at + 1) : 0,
          base: sumAt(BASES + PROGRAMMES.indexOf(programme)),
        };
      }
      return result;
    },

    jkkByClass: () => JKK_CLASSES.map((_, at) => sumAt(at)),
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
