import { dayText, type Language } from '#src/domain/language.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { PeriodParameters } from '#src/domain/parameters.ts';
import { assessWorker, type Contributions } from '#src/domain/rules/contributions.ts';
import { type CalculationStep, rateStep, restStep, sumStep } from './calculation-steps.ts';

/** The employer goes on collecting the worker's share, whatever of it is put off. */
const COLLECTED = 'PP 49/2020 art. 17(1)';

const WORDS = {
  id: {
    employer: 'JP, pemberi kerja',
    worker: 'JP, pekerja',
    normal: 'tanpa penundaan',
    collected: 'tetap dipungut seluruhnya oleh pemberi kerja',
    rest: 'yang ditunda',
    deferred: 'Iuran JP yang ditunda, dilunasi bertahap',
    from: 'mulai paling lambat',
    until: 'selesai paling lambat',
  },
  en: {
    employer: 'JP, employer',
    worker: 'JP, worker',
    normal: 'without deferral',
    collected: 'still collected whole by the employer',
    rest: 'put off',
    deferred: 'JP put off, settled in stages',
    from: 'beginning by',
    until: 'finished by',
  },
} satisfies Record<Language, Record<string, string>>;

/** JP that is put off: what would be paid without the deferral, less what is paid. */
export function deferralOf(
  normal: PeriodParameters,
  { wage, paid }: { wage: Rupiah; paid: Contributions },
  language: Language,
): { amount: Rupiah; steps: CalculationStep[] } | undefined {
  const full = assessWorker(normal, 'I', ['JP'], wage).JP!;
  if (!paid.JP) return undefined;
  const words = WORDS[language];
  const { settledFrom, settledUntil } = normal.jpDeferral!;
  const steps = (['employer', 'worker'] as const).flatMap((payer) => {
    const owed =
      payer === 'employer'
        ? { how: words.normal, base: full.base, rate: normal.jp.employer }
        : { how: words.collected, base: full.base, rate: normal.jp.worker, also: [COLLECTED] };
    return [
      rateStep(`${words[payer]}, ${owed.how}`, owed, full[payer], language),
      restStep(`${words[payer]}, ${words.rest}`, [full[payer], paid.JP![payer]], settledFrom, language),
    ];
  });
  const parts = [full.employer - paid.JP.employer, full.worker - paid.JP.worker] as const;
  const amount = add(...parts);
  const [begin, end] = [settledFrom, settledUntil].map(({ value }) => dayText(value, language));
  const what = `${words.deferred}: ${words.from} ${begin}, ${words.until} ${end}`;
  return { amount, steps: [...steps, sumStep(what, parts, amount, [settledFrom], language)] };
}
