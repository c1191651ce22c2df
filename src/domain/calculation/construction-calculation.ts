import { onDay, type Period } from '#src/domain/civil.ts';
import { type Language, percentText, rupiahText } from '#src/domain/language.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { Law, PeriodParameters } from '#src/domain/parameters.ts';
import {
  assessProject,
  billedSlices,
  CONSTRUCTION_PROGRAMMES,
  type ConstructionProgramme,
  constructionOf,
  exactShare,
  type Project,
} from '#src/domain/rules/construction.ts';
import { totalsOf } from '#src/domain/rules/contributions.ts';
import {
  type Calculation,
  type CalculationStep,
  citing,
  dueOf,
  dueStep,
  rateStep,
  sumStep,
  withRounding,
} from './calculation-steps.ts';

/** The employer pays what is its own to pay. */
const PAID = 'UU 24/2011 art. 19(2)';

const WORDS = {
  id: {
    employer: 'pemberi kerja',
    relieved: 'dengan keringanan',
    band: 'lapisan',
    sum: 'jumlah lapisan',
    bill: 'Jumlah tagihan',
  },
  en: { employer: 'employer', relieved: 'with relief', band: 'band', sum: 'sum of bands', bill: 'Bill' },
};

/**
 * What a construction project costs in a month, with every step. Throws ParameterNotPublished for months of which
 * nothing is known, PeriodNotCovered before the rules begin.
 */
export function calculateProject(
  law: Law,
  period: Period,
  project: Project,
  language: Language,
): Calculation {
  const parameters = law.at(period);
  const programmes = assessProject(parameters, project);
  const totals = totalsOf(programmes);
  const rules = constructionOf(parameters);
  const amounts = CONSTRUCTION_PROGRAMMES.map((programme) => programmes[programme]!.employer);
  const steps = CONSTRUCTION_PROGRAMMES.flatMap((programme, index) =>
    'monthlyWages' in project
      ? [wagesStep(parameters, programme, [project.monthlyWages, amounts[index]!], language)]
      : bandSteps(parameters, programme, [project.contractValueExclVat, amounts[index]!], language),
  );
  return {
    programmes,
    totals,
    ...dueOf(rules),
    steps: withRounding(
      [
        ...steps,
        sumStep(WORDS[language].bill, amounts, totals.bill, [PAID], language),
        dueStep(rules, { period, programmes }, law.calendar, language),
      ],
      law.policy('rounding', onDay(period, 1)),
      language,
    ),
  };
}

function wagesStep(
  parameters: PeriodParameters,
  programme: ConstructionProgramme,
  [base, amount]: readonly [Rupiah, Rupiah],
  language: Language,
): CalculationStep {
  const { byWages: rate } = constructionOf(parameters)[programme];
  const part = parameters.partPaid[programme];
  return rateStep(named(programme, part !== undefined, language), { base, rate, part }, amount, language);
}

/** Each band with what of the value lies in it, exactly, then their sum rounded once. */
function bandSteps(
  parameters: PeriodParameters,
  programme: ConstructionProgramme,
  [value, amount]: readonly [Rupiah, Rupiah],
  language: Language,
): CalculationStep[] {
  const words = WORDS[language];
  const { byValue } = constructionOf(parameters)[programme];
  const part = parameters.partPaid[programme];
  const cited = citing([byValue, ...(part ? [part] : [])], language);
  const name = named(programme, part !== undefined, language);
  const slices = billedSlices(parameters, programme, value);
  const steps = slices.map((slice, index): CalculationStep => {
    const { from, until } = slice;
    const exact = exactShare(slice);
    const rates = [byValue.value[index]!.rate, ...(part ? [part.value] : [])];
    const factors = [`(${rupiahText(until, language)} − ${rupiahText(from, language)})`];
    factors.push(...rates.map((rate) => percentText(rate, language)));
    return {
      what: `${name}, ${words.band} ${index + 1}`,
      formula: `${factors.join(' × ')} = ${exactText(exact, language)}`,
      value: exact % 1_000_000n === 0n ? Number(exact / 1_000_000n) : decimal(exact),
      ...cited,
    };
  });
  const exact = slices.reduce((sum, slice) => sum + exactShare(slice), 0n);
  const terms = slices.map((slice) => exactText(exactShare(slice), language)).join(' + ');
  const sign = exact % 1_000_000n === 0n ? '=' : '≈';
  const formula = `${terms} ${sign} ${rupiahText(amount, language)}`;
  return [...steps, { what: `${name}, ${words.sum}`, formula, value: amount, ...cited }];
}

function named(programme: ConstructionProgramme, relieved: boolean, language: Language): string {
  const { employer, relieved: word } = WORDS[language];
  return [programme, employer, ...(relieved ? [word] : [])].join(', ');
}

/** Millionths of a rupiah as a decimal without trailing zeros: `"340000.17"`. */
function decimal(exact: bigint): string {
  const fraction = String(exact % 1_000_000n)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${exact / 1_000_000n}${fraction && `.${fraction}`}`;
}

function exactText(exact: bigint, language: Language): string {
  const [whole = '', fraction] = decimal(exact).split('.');
  const rest = fraction === undefined ? '' : `${language === 'id' ? ',' : '.'}${fraction}`;
  return `${rupiahText(Number(whole), language)}${rest}`;
}
