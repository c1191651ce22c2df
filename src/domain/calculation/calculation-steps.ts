import type { Cited } from '#src/domain/cited.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import { daysMovedOver, dueRuleText } from '#src/domain/due-day-text.ts';
import { articleText, dayText, type Language, percentText, rupiahText } from '#src/domain/language.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { DueOn, Programme } from '#src/domain/parameters.ts';
import { policyText } from '#src/domain/policy-text.ts';
import type { Contributions, Totals } from '#src/domain/rules/contributions.ts';
import type { Calendar } from '#src/domain/rules/due-day.ts';
import type { Allocation } from '#src/domain/rules/jkp.ts';

/** One step of a calculation, to be followed with pencil and paper. */
export type CalculationStep = {
  what: string;
  /** The numbers as they were put in, and what came out. */
  formula: string;
  /** What came out: rupiah, a class, a day, or a fraction of rupiah as a decimal. */
  value: Rupiah | string;
  article: string;
  /** Id of the parameter that the step rests on; of several the first, the others change it. */
  parameter?: string;
};

export type Calculation = {
  programmes: Contributions;
  totals: Totals;
  allocation?: Allocation;
  /** JP put off, in rupiah. */
  deferred?: Rupiah;
  dueOn: Day;
  calendarProvisional?: true;
  steps: CalculationStep[];
};

/** What a step rests on: values of law, the first of which it is about, or an article by itself. */
export type Authority = Cited<unknown> | string;

const WORDS = {
  id: {
    due: 'Jatuh tempo',
    provisional: 'hari libur tahun itu belum tercatat',
    rounding: 'Pembulatan pada setiap ≈',
    lower: 'yang lebih rendah dari',
    and: 'dan',
  },
  en: {
    due: 'Due day',
    provisional: 'holidays of that year not entered',
    rounding: 'Rounding wherever ≈ stands',
    lower: 'the lower of',
    and: 'and',
  },
} satisfies Record<Language, object>;

/** What stands in a step of what it rests on, in the order given. */
export function citing(
  authorities: readonly Authority[],
  language: Language,
): Pick<CalculationStep, 'article' | 'parameter'> {
  const articles = authorities.map((authority) =>
    typeof authority === 'string'
      ? articleText(authority, language)
      : articleText(authority.article, language, authority.title),
  );
  const cited = authorities.find((authority) => typeof authority !== 'string');
  return {
    article: [...new Set(articles)].join('; '),
    ...(cited && { parameter: cited.parameter }),
  };
}

/** A rate of a base, cut by a part where only that is paid: `Rp 10.000.000 × 0,89 % × 1 % = Rp 890`. */
export function rateStep(
  what: string,
  {
    base,
    rate,
    part,
    also = [],
  }: { base: Rupiah; rate: Cited<Ppm>; part?: Cited<Ppm> | undefined; also?: readonly Authority[] },
  amount: Rupiah,
  language: Language,
): CalculationStep {
  const factors = [rate, ...(part ? [part] : [])];
  const exact = factors.reduce((product, { value }) => product * BigInt(value), BigInt(base));
  const unit = 1_000_000n ** BigInt(factors.length);
  const written = [rupiahText(base, language), ...factors.map(({ value }) => percentText(value, language))];
  return {
    what,
    formula: `${written.join(' × ')} ${exact % unit === 0n ? '=' : '≈'} ${rupiahText(amount, language)}`,
    value: amount,
    ...citing([...factors, ...also], language),
  };
}

/** Terms that add up: `Rp 459.000 + Rp 200.000 = Rp 659.000`. */
export function sumStep(
  what: string,
  terms: readonly Rupiah[],
  sum: Rupiah,
  authorities: readonly Authority[],
  language: Language,
): CalculationStep {
  const written = terms.map((term) => rupiahText(term, language));
  return {
    what,
    formula: `${written.join(' + ')} = ${rupiahText(sum, language)}`,
    value: sum,
    ...citing(authorities, language),
  };
}

/** What is left of an amount. */
export function restStep(
  what: string,
  [from, taken]: readonly [Rupiah, Rupiah],
  authority: Authority,
  language: Language,
): CalculationStep {
  const rest = from - taken;
  const [before, less, left] = [from, taken, rest].map((amount) => rupiahText(amount, language));
  return { what, formula: `${before} − ${less} = ${left}`, value: rest, ...citing([authority], language) };
}

/** The lower of two amounts. */
export function lowerStep(
  what: string,
  amounts: readonly [Rupiah, Rupiah],
  authority: Authority,
  language: Language,
): CalculationStep {
  const { lower: word, and } = WORDS[language];
  const lower = Math.min(...amounts);
  const [a, b, used] = [...amounts, lower].map((amount) => rupiahText(amount, language));
  return {
    what,
    formula: `${word} ${a} ${and} ${b} = ${used}`,
    value: lower,
    ...citing([authority], language),
  };
}

/** The steps with the rule of rounding after the first that needs it, if one does. */
export function withRounding(
  steps: readonly CalculationStep[],
  rule: Cited<string>,
  language: Language,
): CalculationStep[] {
  const first = steps.findIndex(({ formula }) => formula.includes('≈'));
  if (first < 0) return [...steps];
  const formula = policyText(rule.value, language);
  const step = { what: WORDS[language].rounding, formula, value: rule.value, ...citing([rule], language) };
  return [...steps.slice(0, first + 1), step, ...steps.slice(first + 1)];
}

/** PP 46/2015 and PP 45/2015 say of their programmes what PP 44/2015 says of JKK and JKM. */
const INSTRUMENTS: Partial<Record<Programme, string>> = { JHT: 'PP 46/2015', JP: 'PP 45/2015' };

/** The instruments that speak of the programmes where it is not PP 44/2015, which an article of it is cited from. */
export function ownInstruments(article: string, programmes: Contributions): string[] {
  if (!article.startsWith('PP 44/2015') || programmes.JKK || programmes.JKM) return [];
  return (Object.keys(programmes) as Programme[]).flatMap((programme) => INSTRUMENTS[programme] ?? []);
}

/** The due day of the programmes, with every day that it moved over and why. */
export function dueStep(
  { dueOn, dueRule, calendarProvisional }: DueOn,
  { period, programmes }: { period: Period; programmes: Contributions },
  calendar: Calendar,
  language: Language,
): CalculationStep {
  const { due, provisional } = WORDS[language];
  const { value: rule, article, parameter } = dueRule;
  const days = [...daysMovedOver(period, rule, calendar, language), dayText(dueOn, language)];
  const stated = `${dueRuleText(rule, language)}: ${days.join(' → ')}`;
  const formula = calendarProvisional ? `${stated}, ${provisional}` : stated;
  const instruments = ownInstruments(article, programmes);
  const cited = citing(instruments.length > 0 ? instruments : [dueRule], language);
  return { what: due, formula, value: dueOn, ...cited, parameter };
}

/** What a calculation says of the due day. */
export function dueOf({
  dueOn,
  calendarProvisional,
}: DueOn): Pick<Calculation, 'dueOn' | 'calendarProvisional'> {
  return { dueOn, ...(calendarProvisional && { calendarProvisional }) };
}
