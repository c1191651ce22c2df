import type { Cited } from '#src/domain/cited.ts';
import { onDay, type Period } from '#src/domain/civil.ts';
import { type Language, rupiahText } from '#src/domain/language.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { IncomeBand, Law, PeriodParameters } from '#src/domain/parameters.ts';
import {
  assessInformalWorker,
  BPU_PROGRAMMES,
  bandOf,
  bpuPartPaid,
  type InformalWorker,
} from '#src/domain/rules/bpu.ts';
import { type Contributions, totalsOf } from '#src/domain/rules/contributions.ts';
import {
  type Calculation,
  type CalculationStep,
  citing,
  dueOf,
  dueStep,
  ownInstruments,
  rateStep,
  sumStep,
  withRounding,
} from './calculation-steps.ts';

const WORDS = {
  id: {
    band: 'Penghasilan nominal menurut lapisan',
    from: 'mulai',
    below: 'di bawah',
    paid: 'dibayar sendiri',
    relieved: 'dengan keringanan',
    noRelief: 'Tanpa keringanan',
    budget: 'dibayar dari APBN atau APBD',
    bill: 'Jumlah tagihan',
  },
  en: {
    band: 'Nominal income of the band',
    from: 'from',
    below: 'below',
    paid: 'paid by the worker',
    relieved: 'with relief',
    noRelief: 'No relief',
    budget: 'paid out of APBN or APBD',
    bill: 'Bill',
  },
} satisfies Record<Language, Record<string, string>>;

/** What an informal worker's month costs, with every step. Throws PeriodNotCovered before the rules begin. */
export function calculateInformalWorker(
  law: Law,
  period: Period,
  worker: InformalWorker,
  language: Language,
): Calculation {
  const parameters = law.at(period);
  const { bpu } = parameters;
  const programmes = assessInformalWorker(parameters, worker);
  const totals = totalsOf(programmes);
  const amounts = Object.values(programmes).map((each) => each.worker);
  const refused = worker.governmentPaid ? bpu.partPaid[worker.sector] : undefined;
  const steps = [
    bandStep(bpu.bands, { income: worker.income, programmes }, language),
    ...(refused ? [noReliefStep(refused, language)] : []),
    ...programmeSteps(parameters, worker, language),
    sumStep(WORDS[language].bill, amounts, totals.bill, [bpu.dueRule], language),
    dueStep(bpu, { period, programmes }, law.calendar, language),
  ];
  return {
    programmes,
    totals,
    ...dueOf(bpu),
    steps: withRounding(steps, law.policy('rounding', onDay(period, 1)), language),
  };
}

function bandStep(
  bands: Cited<readonly IncomeBand[]>,
  { income, programmes }: { income: Rupiah; programmes: Contributions },
  language: Language,
): CalculationStep {
  const { band, from, below } = WORDS[language];
  const own = bandOf(bands.value, income);
  const instruments = ownInstruments(bands.article, programmes);
  const next = bands.value[bands.value.indexOf(own) + 1];
  const written = (amount: Rupiah) => rupiahText(amount, language);
  const limits = [`${from} ${written(own.from)}`, ...(next ? [`${below} ${written(next.from)}`] : [])].join(
    ', ',
  );
  return {
    what: band,
    formula: `${written(income)} (${limits}) → ${written(own.nominal)}`,
    value: own.nominal,
    ...citing(instruments.length > 0 ? instruments : [bands], language),
    parameter: bands.parameter,
  };
}

function noReliefStep(refused: Cited<number>, language: Language): CalculationStep {
  const { noRelief, budget } = WORDS[language];
  return { what: noRelief, formula: budget, value: 0, ...citing([refused], language) };
}

function programmeSteps(
  parameters: PeriodParameters,
  worker: InformalWorker,
  language: Language,
): CalculationStep[] {
  const { bpu } = parameters;
  const words = WORDS[language];
  const programmes = assessInformalWorker(parameters, worker);
  return BPU_PROGRAMMES.flatMap((programme): CalculationStep[] => {
    const contribution = programmes[programme];
    if (!contribution) return [];
    const part = bpuPartPaid(parameters, programme, worker);
    const payer = worker.governmentPaid ? words.budget : words.paid;
    const what = [programme, payer, ...(part ? [words.relieved] : [])].join(', ');
    const { worker: amount, base } = contribution;
    if (programme !== 'JKM') {
      const rate = programme === 'JKK' ? bpu.jkk : bpu.jht;
      return [rateStep(what, { base, rate, part }, amount, language)];
    }
    const { value: flat } = bpu.jkm;
    const cited = citing([bpu.jkm, ...(part ? [part] : [])], language);
    if (!part) return [{ what, formula: rupiahText(flat, language), value: flat, ...cited }];
    return [{ ...rateStep(what, { base: flat, rate: part }, amount, language), ...cited }];
  });
}
