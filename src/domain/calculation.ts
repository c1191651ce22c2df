import { type Day, onDay, periodOf } from './civil.ts';
import { assessWorker, type Contributions, ratesOf, type Totals, totalsOf } from './contributions.ts';
import { type Language, percentText, rupiahText } from './language.ts';
import type { Ppm, Rupiah } from './money.ts';
import type { Cited, JkkClass, PeriodParameters, Programme } from './parameters.ts';
import { PROGRAMMES } from './parameters.ts';

/** A wage earner (PU) whose contributions for the month of the parameters are asked for. */
export type WageEarner = {
  wage: Rupiah;
  /** Class I where absent. */
  jkkClass?: JkkClass | undefined;
  programmes: readonly Programme[];
};

/** One step of a calculation, to be followed with pencil and paper. */
export type CalculationStep = {
  what: string;
  /** The numbers as they were put in, and what came out. */
  formula: string;
  /** What came out: rupiah, or a class or a day. */
  value: Rupiah | string;
  article: string;
};

export type Calculation = {
  programmes: Contributions;
  totals: Totals;
  dueOn: Day;
  steps: CalculationStep[];
};

const WORDS = {
  id: {
    employer: 'pemberi kerja',
    worker: 'pekerja',
    assumedClass: 'Kelompok risiko JKK tidak disebut',
    assumed: 'dianggap kelompok',
    ceiling: 'Upah dasar JP, paling tinggi sebesar batas upah',
    lowest: 'terkecil dari',
    bill: 'Jumlah tagihan',
    due: 'Jatuh tempo',
    unshifted: 'tanggal',
    shifted: 'digeser ke hari kerja',
    provisional: 'kalender libur belum ditetapkan',
  },
  en: {
    employer: 'employer',
    worker: 'worker',
    assumedClass: 'No JKK class given',
    assumed: 'taken as class',
    ceiling: 'Wage that JP is computed on, at most its ceiling',
    lowest: 'lower of',
    bill: 'Bill',
    due: 'Due day',
    unshifted: 'day',
    shifted: 'moved to a working day',
    provisional: 'holidays not decreed yet',
  },
} satisfies Record<Language, Record<string, string>>;

/**
 * What one wage earner's month costs, with every step. The month's due day and rates come from the parameters.
 * Throws ParameterNotPublished where JP is asked and the month's ceiling is not published.
 */
export function calculateWageEarner(
  parameters: PeriodParameters,
  earner: WageEarner,
  language: Language,
): Calculation {
  const jkkClass = earner.jkkClass ?? 'I';
  const programmes = assessWorker(parameters, jkkClass, earner.programmes, earner.wage);
  const totals = totalsOf(programmes);
  const steps = [
    ...(programmes.JKK && !earner.jkkClass ? [assumedClassStep(parameters, jkkClass, language)] : []),
    ...(programmes.JP ? [ceilingStep(parameters, earner.wage, programmes.JP.base, language)] : []),
    ...rateSteps(parameters, jkkClass, programmes, language),
    billStep(totals, language),
    dueStep(parameters, language),
  ];
  return { programmes, totals, dueOn: parameters.dueOn, steps };
}

function assumedClassStep(
  parameters: PeriodParameters,
  jkkClass: JkkClass,
  language: Language,
): CalculationStep {
  const { assumedClass, assumed } = WORDS[language];
  return {
    what: assumedClass,
    formula: `${assumed} ${jkkClass}`,
    value: jkkClass,
    article: parameters.jkk[jkkClass].article,
  };
}

function ceilingStep(
  parameters: PeriodParameters,
  wage: Rupiah,
  base: Rupiah,
  language: Language,
): CalculationStep {
  const { ceiling, lowest } = WORDS[language];
  const { value: limit, article } = parameters.jpCeiling!;
  const [paid, most, used] = [wage, limit, base].map((amount) => rupiahText(amount, language));
  return { what: ceiling, formula: `${lowest} ${paid}; ${most} = ${used}`, value: base, article };
}

function rateSteps(
  parameters: PeriodParameters,
  jkkClass: JkkClass,
  programmes: Contributions,
  language: Language,
): CalculationStep[] {
  const rates = ratesOf(parameters, jkkClass);
  const steps: CalculationStep[] = [];
  for (const programme of PROGRAMMES) {
    const contribution = programmes[programme];
    if (!contribution) continue;
    for (const payer of ['employer', 'worker'] as const) {
      const rate = rates[programme][payer];
      if (!rate) continue;
      const name = programme === 'JKK' ? `JKK ${jkkClass}` : programme;
      steps.push({
        what: `${name}, ${WORDS[language][payer]}`,
        formula: product(contribution.base, rate, contribution[payer], language),
        value: contribution[payer],
        article: rate.article,
      });
    }
  }
  return steps;
}

/** `Rp 10.000.000 × 0,89 % = Rp 89.000`; with ≈ where the product was rounded to the whole rupiah. */
function product(base: Rupiah, rate: Cited<Ppm>, amount: Rupiah, language: Language): string {
  const exact = ((base % 1_000_000) * rate.value) % 1_000_000 === 0;
  const factors = `${rupiahText(base, language)} × ${percentText(rate.value, language)}`;
  return `${factors} ${exact ? '=' : '≈'} ${rupiahText(amount, language)}`;
}

function billStep({ employer, worker, bill }: Totals, language: Language): CalculationStep {
  const [ofEmployer, ofWorker, sum] = [employer, worker, bill].map((amount) => rupiahText(amount, language));
  return {
    what: WORDS[language].bill,
    formula: `${ofEmployer} + ${ofWorker} = ${sum}`,
    value: bill,
    article: 'UU 24/2011 art. 19(1)-(2)',
  };
}

function dueStep(
  { dueOn, dueRule, calendarProvisional }: PeriodParameters,
  language: Language,
): CalculationStep {
  const { due, unshifted, shifted, provisional } = WORDS[language];
  const stated = onDay(periodOf(dueOn), Number(dueRule.value));
  const formula = [`${unshifted} ${dueRule.value}`];
  if (stated !== dueOn) formula.push(`${shifted} ${dueOn}`);
  if (calendarProvisional) formula.push(provisional);
  return { what: due, formula: formula.join(', '), value: dueOn, article: dueRule.article };
}
