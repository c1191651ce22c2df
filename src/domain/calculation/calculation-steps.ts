import { type Day, type Period, weekday } from '#src/domain/civil.ts';
import { dayText, type Language, percentText, rupiahText } from '#src/domain/language.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { Cited, DueOn } from '#src/domain/parameters.ts';
import type { Contributions, Totals } from '#src/domain/rules/contributions.ts';
import { type Calendar, daysToDue } from '#src/domain/rules/due-day.ts';
import type { Allocation } from '#src/domain/rules/jkp.ts';

/** One step of a calculation, to be followed with pencil and paper. */
export type CalculationStep = {
  what: string;
  /** The numbers as they were put in, and what came out. */
  formula: string;
  /** What came out: rupiah, a class, a day, or a fraction of rupiah as a decimal. */
  value: Rupiah | string;
  article: string;
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

const WEEKDAYS: Record<Language, readonly string[]> = {
  id: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

const WORDS = {
  id: {
    due: 'Jatuh tempo',
    provisional: 'hari libur tahun itu belum tercatat',
    same: (day: number) => `tanggal ${day} bulan iuran`,
    following: (day: number) => `tanggal ${day} bulan berikutnya`,
  },
  en: {
    due: 'Due day',
    provisional: 'holidays of that year not entered',
    same: (day: number) => `day ${day} of the contribution month`,
    following: (day: number) => `day ${day} of the following month`,
  },
};

/** A rate of a base, cut by a part where only that is paid: `Rp 10.000.000 × 0,89 % × 1 % = Rp 890`. */
export function rateStep(
  what: string,
  { base, rate, part }: { base: Rupiah; rate: Cited<Ppm>; part?: Cited<Ppm> | undefined },
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
    article: factors.map(({ article }) => article).join('; '),
  };
}

/** Terms that add up: `Rp 459.000 + Rp 200.000 = Rp 659.000`. */
export function sumStep(
  what: string,
  terms: readonly Rupiah[],
  sum: Rupiah,
  article: string,
  language: Language,
): CalculationStep {
  const written = terms.map((term) => rupiahText(term, language));
  return { what, formula: `${written.join(' + ')} = ${rupiahText(sum, language)}`, value: sum, article };
}

/** What is left of an amount. */
export function restStep(
  what: string,
  [from, taken]: readonly [Rupiah, Rupiah],
  article: string,
  language: Language,
): CalculationStep {
  const rest = from - taken;
  const [before, less, left] = [from, taken, rest].map((amount) => rupiahText(amount, language));
  return { what, formula: `${before} − ${less} = ${left}`, value: rest, article };
}

/** The lower of two amounts. */
export function lowerStep(
  what: string,
  amounts: readonly [Rupiah, Rupiah],
  article: string,
  language: Language,
): CalculationStep {
  const lower = Math.min(...amounts);
  const [a, b, used] = [...amounts, lower].map((amount) => rupiahText(amount, language));
  const word = language === 'id' ? 'terkecil dari' : 'lower of';
  return { what, formula: `${word} ${a}; ${b} = ${used}`, value: lower, article };
}

/** The due day, with every day that it moved over and why. */
export function dueStep(
  { dueOn, dueRule, calendarProvisional }: DueOn,
  period: Period,
  calendar: Calendar,
  language: Language,
): CalculationStep {
  const { due, provisional, ...months } = WORDS[language];
  const { value: rule, article } = dueRule;
  const days = daysToDue(period, rule, calendar).map((day) => {
    const holiday = calendar.holidayOn(day) ?? WEEKDAYS[language][weekday(day)]!;
    return `${dayText(day, language)}${day === dueOn ? '' : ` (${holiday})`}`;
  });
  const stated = `${months[rule.month](rule.day)}: ${days.join(' → ')}`;
  const formula = calendarProvisional ? `${stated}, ${provisional}` : stated;
  return { what: due, formula, value: dueOn, article };
}

/** What a calculation says of the due day. */
export function dueOf({
  dueOn,
  calendarProvisional,
}: DueOn): Pick<Calculation, 'dueOn' | 'calendarProvisional'> {
  return { dueOn, ...(calendarProvisional && { calendarProvisional }) };
}
