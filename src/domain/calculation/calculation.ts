import { onDay, type Period } from '#src/domain/civil.ts';
import { type Language, periodText } from '#src/domain/language.ts';
import type { Rupiah } from '#src/domain/money.ts';
import {
  type JkkClass,
  type Law,
  type PeriodParameters,
  PROGRAMMES,
  type Programme,
} from '#src/domain/parameters.ts';
import {
  assessWorker,
  type Contributions,
  ratesOf,
  type Totals,
  totalsOf,
} from '#src/domain/rules/contributions.ts';
import { allocationOf, recompositionOf } from '#src/domain/rules/jkp.ts';
import { isInForce, type Relief, underReliefs } from '#src/domain/rules/relief.ts';
import {
  type Calculation,
  type CalculationStep,
  citing,
  dueOf,
  dueStep,
  lowerStep,
  rateStep,
  sumStep,
  withRounding,
} from './calculation-steps.ts';
import { allocationSteps } from './jkp-steps.ts';
import { deferralOf } from './jp-deferral.ts';

/** A wage earner (PU) whose contributions for a month are asked for. */
export type WageEarner = {
  wage: Rupiah;
  /** Class I where absent. */
  jkkClass?: JkkClass | undefined;
  programmes: readonly Programme[];
  /** Whether enrolled in JKP; where absent the allocation is not asked for. */
  jkp?: boolean | undefined;
  /** Whether the month was in arrears when PP 49/2023 was promulgated, and is not paid yet. */
  arrearsAtPromulgation?: boolean | undefined;
  /** Reliefs on application that the employer has. */
  reliefs?: readonly Relief[] | undefined;
};

/** What a relief is about, and the regulation that grants it. */
const RELIEVED: Record<Relief, Programme> = { 'PP7/2025': 'JKK', 'PP49/2020-JP': 'JP' };
const INSTRUMENTS: Record<Relief, string> = { 'PP7/2025': 'PP 7/2025', 'PP49/2020-JP': 'PP 49/2020' };

/** The employer collects the worker's share, pays its own, and remits both. */
const COLLECTED = 'UU 24/2011 art. 19(1)';
const PAID = 'UU 24/2011 art. 19(2)';
const REMITTED = 'UU 24/2011 art. 19(1)-(2)';

const WORDS = {
  id: {
    employer: 'pemberi kerja',
    worker: 'pekerja',
    relieved: 'dengan keringanan',
    noRelief: 'Keringanan',
    notApplied: 'tidak diterapkan',
    notInForce: 'tidak berlaku untuk iuran',
    without: 'tanpa program',
    assumedClass: 'Kelompok risiko JKK tidak disebut',
    assumed: 'dianggap kelompok',
    ceiling: 'Upah dasar JP, paling tinggi sebesar batas upah',
    paid: 'Dibayar pemberi kerja',
    collected: 'Dipungut dari pekerja',
    bill: 'Jumlah tagihan',
  },
  en: {
    employer: 'employer',
    worker: 'worker',
    relieved: 'with relief',
    noRelief: 'Relief',
    notApplied: 'not applied',
    notInForce: 'not in force for',
    without: 'without the programme',
    assumedClass: 'No JKK class given',
    assumed: 'taken as class',
    ceiling: 'Wage that JP is computed on, at most its ceiling',
    paid: 'Paid by the employer',
    collected: 'Collected from the worker',
    bill: 'Bill',
  },
} satisfies Record<Language, Record<string, string>>;

/**
 * What one wage earner's month costs, with every step. Throws ParameterNotPublished where JP is asked and the month's
 * ceiling is not published, and PeriodNotCovered before the rules begin. A relief that does not hold is not applied.
 */
export function calculateWageEarner(
  law: Law,
  period: Period,
  earner: WageEarner,
  language: Language,
): Calculation {
  const normal = law.at(period);
  const { wage, jkkClass = 'I', jkp } = earner;
  const asked = earner.reliefs ?? [];
  const reliefs = asked.filter(
    (relief) => isInForce(normal, relief) && earner.programmes.includes(RELIEVED[relief]),
  );
  const parameters = underReliefs(normal, reliefs);
  const programmes = assessWorker(parameters, jkkClass, earner.programmes, wage);
  const totals = totalsOf(programmes);
  const recomposition = recompositionOf(parameters, programmes, wage, { ...earner, enrolled: jkp ?? false });
  const deferral = reliefs.includes('PP49/2020-JP')
    ? deferralOf(normal, { ...earner, paid: programmes }, language)
    : undefined;
  const steps = [
    ...(programmes.JKK && !earner.jkkClass ? [assumedClassStep(law, period, language)] : []),
    ...(programmes.JP ? [ceilingStep(parameters, wage, language)] : []),
    ...asked
      .filter((relief) => !reliefs.includes(relief))
      .map((relief) => notAppliedStep(normal, relief, language)),
    ...rateSteps(parameters, { jkkClass, reliefs }, programmes, language),
    ...totalSteps(programmes, totals, language),
    ...(deferral?.steps ?? []),
    ...(jkp === undefined
      ? []
      : allocationSteps(parameters, { wage, programmes, enrolled: jkp, recomposition }, language)),
    dueStep(parameters, { period, programmes }, law.calendar, language),
  ];
  return {
    programmes,
    totals,
    ...(jkp !== undefined && { allocation: allocationOf(programmes, recomposition) }),
    ...(deferral && { deferred: deferral.amount }),
    ...dueOf(parameters),
    steps: withRounding(steps, law.policy('rounding', onDay(period, 1)), language),
  };
}

function assumedClassStep(law: Law, period: Period, language: Language): CalculationStep {
  const { assumedClass, assumed } = WORDS[language];
  const rule = law.policy('class-without-decision', onDay(period, 1));
  return { what: assumedClass, formula: `${assumed} I`, value: 'I', ...citing([rule], language) };
}

function notAppliedStep(parameters: PeriodParameters, relief: Relief, language: Language): CalculationStep {
  const { noRelief, notApplied, notInForce, without } = WORDS[language];
  const why = isInForce(parameters, relief)
    ? `${without} ${RELIEVED[relief]}`
    : `${notInForce} ${periodText(parameters.period, language)}`;
  const cited = citing([INSTRUMENTS[relief]], language);
  return { what: `${noRelief} ${relief}`, formula: why, value: notApplied, ...cited };
}

function ceilingStep({ jpCeiling }: PeriodParameters, wage: Rupiah, language: Language): CalculationStep {
  return lowerStep(WORDS[language].ceiling, [wage, jpCeiling!.value], jpCeiling!, language);
}

function rateSteps(
  parameters: PeriodParameters,
  { jkkClass, reliefs }: { jkkClass: JkkClass; reliefs: readonly Relief[] },
  programmes: Contributions,
  language: Language,
): CalculationStep[] {
  const words = WORDS[language];
  const rates = ratesOf(parameters, jkkClass);
  const steps: CalculationStep[] = [];
  for (const programme of PROGRAMMES) {
    const contribution = programmes[programme];
    if (!contribution) continue;
    const { partPaid: part } = rates[programme];
    const relieved = part !== undefined || (programme === 'JKK' && reliefs.includes('PP7/2025'));
    for (const payer of ['employer', 'worker'] as const) {
      const rate = rates[programme][payer];
      if (!rate) continue;
      const name = programme === 'JKK' ? `JKK ${jkkClass}` : programme;
      const what = [name, words[payer], ...(relieved ? [words.relieved] : [])].join(', ');
      steps.push(rateStep(what, { base: contribution.base, rate, part }, contribution[payer], language));
    }
  }
  return steps;
}

/** What each payer comes to, where several programmes add up, and the bill. */
function totalSteps(programmes: Contributions, totals: Totals, language: Language): CalculationStep[] {
  const { paid, collected, bill } = WORDS[language];
  const ofPayer = (payer: 'employer' | 'worker', what: string, article: string) => {
    const terms = Object.values(programmes)
      .map((contribution) => contribution[payer])
      .filter((term) => term > 0);
    return terms.length > 1 ? [sumStep(what, terms, totals[payer], [article], language)] : [];
  };
  return [
    ...ofPayer('employer', paid, PAID),
    ...ofPayer('worker', collected, COLLECTED),
    sumStep(bill, [totals.employer, totals.worker], totals.bill, [REMITTED], language),
  ];
}
