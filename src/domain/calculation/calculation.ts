import type { Period } from '#src/domain/civil.ts';
import { dayText, type Language, periodText } from '#src/domain/language.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import {
  type JkkClass,
  type Law,
  type PeriodParameters,
  PROGRAMMES,
  type Programme,
} from '#src/domain/parameters.ts';
import { assessWorker, type Contributions, ratesOf, totalsOf } from '#src/domain/rules/contributions.ts';
import { allocationOf, recompositionOf } from '#src/domain/rules/jkp.ts';
import { isInForce, type Relief, underReliefs } from '#src/domain/rules/relief.ts';
import {
  type Calculation,
  type CalculationStep,
  dueOf,
  dueStep,
  lowerStep,
  rateStep,
  restStep,
  sumStep,
} from './calculation-steps.ts';
import { allocationSteps } from './jkp-steps.ts';

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

/** The employer collects the worker's share and remits both. */
const REMITTED = 'UU 24/2011 art. 19(1)-(2)';

const WORDS = {
  id: {
    employer: 'pemberi kerja',
    worker: 'pekerja',
    relieved: 'dengan keringanan',
    normal: 'tanpa penundaan',
    noRelief: 'Keringanan',
    notApplied: 'tidak diterapkan',
    notInForce: 'tidak berlaku untuk iuran',
    without: 'tanpa program',
    assumedClass: 'Kelompok risiko JKK tidak disebut',
    assumed: 'dianggap kelompok',
    ceiling: 'Upah dasar JP, paling tinggi sebesar batas upah',
    bill: 'Jumlah tagihan',
    deferred: 'Iuran JP yang ditunda, dilunasi bertahap',
    from: 'mulai paling lambat',
    until: 'selesai paling lambat',
  },
  en: {
    employer: 'employer',
    worker: 'worker',
    relieved: 'with relief',
    normal: 'without deferral',
    noRelief: 'Relief',
    notApplied: 'not applied',
    notInForce: 'not in force for',
    without: 'without the programme',
    assumedClass: 'No JKK class given',
    assumed: 'taken as class',
    ceiling: 'Wage that JP is computed on, at most its ceiling',
    bill: 'Bill',
    deferred: 'JP put off, settled in stages',
    from: 'beginning by',
    until: 'finished by',
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
    ...(programmes.JKK && !earner.jkkClass ? [assumedClassStep(parameters, language)] : []),
    ...(programmes.JP ? [ceilingStep(parameters, wage, language)] : []),
    ...asked
      .filter((relief) => !reliefs.includes(relief))
      .map((relief) => notAppliedStep(normal, relief, language)),
    ...rateSteps(parameters, { jkkClass, reliefs }, programmes, language),
    sumStep(WORDS[language].bill, [totals.employer, totals.worker], totals.bill, REMITTED, language),
    ...(deferral?.steps ?? []),
    ...(jkp === undefined
      ? []
      : allocationSteps(parameters, { wage, programmes, enrolled: jkp, recomposition }, language)),
    dueStep(parameters, period, law.calendar, language),
  ];
  return {
    programmes,
    totals,
    ...(jkp !== undefined && { allocation: allocationOf(programmes, recomposition) }),
    ...(deferral && { deferred: deferral.amount }),
    ...dueOf(parameters),
    steps,
  };
}

function assumedClassStep(parameters: PeriodParameters, language: Language): CalculationStep {
  const { assumedClass, assumed } = WORDS[language];
  return { what: assumedClass, formula: `${assumed} I`, value: 'I', article: parameters.jkk.I.article };
}

function notAppliedStep(parameters: PeriodParameters, relief: Relief, language: Language): CalculationStep {
  const { noRelief, notApplied, notInForce, without } = WORDS[language];
  const why = isInForce(parameters, relief)
    ? `${without} ${RELIEVED[relief]}`
    : `${notInForce} ${periodText(parameters.period, language)}`;
  return { what: `${noRelief} ${relief}`, formula: why, value: notApplied, article: INSTRUMENTS[relief] };
}

function ceilingStep({ jpCeiling }: PeriodParameters, wage: Rupiah, language: Language): CalculationStep {
  return lowerStep(WORDS[language].ceiling, [wage, jpCeiling!.value], jpCeiling!.article, language);
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

/** JP that is put off: what would be paid without the deferral, less what is paid. */
function deferralOf(
  normal: PeriodParameters,
  { wage, paid }: { wage: Rupiah; paid: Contributions },
  language: Language,
): { amount: Rupiah; steps: CalculationStep[] } | undefined {
  const full = assessWorker(normal, 'I', ['JP'], wage).JP!;
  if (!paid.JP) return undefined;
  const words = WORDS[language];
  const { settledFrom, settledUntil } = normal.jpDeferral!;
  const steps = (['employer', 'worker'] as const).flatMap((payer) => {
    const what = `JP, ${words[payer]}`;
    const rate = normal.jp[payer];
    return [
      rateStep(`${what}, ${words.normal}`, { base: full.base, rate }, full[payer], language),
      restStep(what, [full[payer], paid.JP![payer]], settledFrom.article, language),
    ];
  });
  const parts = [full.employer - paid.JP.employer, full.worker - paid.JP.worker] as const;
  const amount = add(...parts);
  const [begin, end] = [settledFrom, settledUntil].map(({ value }) => dayText(value, language));
  const what = `${words.deferred}: ${words.from} ${begin}, ${words.until} ${end}`;
  return { amount, steps: [...steps, sumStep(what, parts, amount, settledFrom.article, language)] };
}
