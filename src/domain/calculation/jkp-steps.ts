import type { Language } from '#src/domain/language.ts';
import { type Rupiah, share } from '#src/domain/money.ts';
import type { PeriodParameters } from '#src/domain/parameters.ts';
import type { Contributions } from '#src/domain/rules/contributions.ts';
import { allocationOf, JKP_NEEDS, type Recomposition } from '#src/domain/rules/jkp.ts';
import { type CalculationStep, citing, lowerStep, rateStep, restStep, sumStep } from './calculation-steps.ts';

const WORDS = {
  id: {
    notRecomposed: 'Tidak ada rekomposisi ke JKP',
    stays: 'seluruhnya tetap di dana JKK dan JKM',
    lacks: 'JKP mensyaratkan JKK, JKM, dan JHT',
    base: 'Upah dasar JKP, paling tinggi sebesar batas upah',
    fromJkk: 'Beralih dari JKK ke JKP',
    most: 'Paling banyak JKK yang ditagih',
    moved: 'Beralih dari JKK ke JKP, paling banyak yang ditagih',
    fromJkm: 'Beralih dari JKM ke JKP',
    kept: 'Tetap di dana',
    jkp: 'JKP dari JKK dan JKM',
    state: 'JKP dari pemerintah pusat',
  },
  en: {
    notRecomposed: 'Nothing moves to JKP',
    stays: 'all stays in the JKK and JKM funds',
    lacks: 'JKP requires JKK, JKM and JHT',
    base: 'Wage that JKP is computed on, at most its ceiling',
    fromJkk: 'Moved from JKK to JKP',
    most: 'At most the JKK that is billed',
    moved: 'Moved from JKK to JKP, at most what is billed',
    fromJkm: 'Moved from JKM to JKP',
    kept: 'Kept in the fund of',
    jkp: 'JKP out of JKK and JKM',
    state: 'JKP paid by the state',
  },
} satisfies Record<Language, Record<string, string>>;

/** Articles that say from when on, for whom, and which contributions are recomposed. */
const BEGAN = 'PP 37/2021 art. 11';
const NEEDED = 'PP 37/2021 art. 4';
const NOT_RECOMPOSED = 'PP 44/2015 art. 16A(3)';

/** Where the billed JKK and JKM go, step by step. */
export function allocationSteps(
  parameters: PeriodParameters,
  billed: {
    wage: Rupiah;
    programmes: Contributions;
    enrolled: boolean;
    recomposition: Recomposition | undefined;
  },
  language: Language,
): CalculationStep[] {
  const words = WORDS[language];
  const { wage, programmes, enrolled, recomposition } = billed;
  const { jkp } = parameters;
  const jkk = programmes.JKK?.employer ?? 0;
  const jkm = programmes.JKM?.employer ?? 0;
  if (!recomposition || !jkp) {
    const lacks = enrolled && JKP_NEEDS.some((programme) => !programmes[programme]);
    const formula = lacks ? `${words.lacks}: ${words.stays}` : words.stays;
    const articles = jkp ? [NOT_RECOMPOSED, ...(lacks ? [NEEDED] : [])] : [BEGAN];
    const whole = jkp ? NOT_RECOMPOSED : BEGAN;
    return [
      { what: words.notRecomposed, formula, value: 0, ...citing(articles, language) },
      restStep(`${words.kept} JKK`, [jkk, 0], whole, language),
      restStep(`${words.kept} JKM`, [jkm, 0], whole, language),
    ];
  }
  const { base, fromJkk, fromJkm, state } = recomposition;
  const allocation = allocationOf(programmes, recomposition);
  const full = share(base, jkp.fromJkk.value);
  const limited = full > fromJkk;
  return [
    lowerStep(words.base, [wage, jkp.ceiling.value], jkp.ceiling, language),
    rateStep(words.fromJkk, { base, rate: jkp.fromJkk }, full, language),
    ...(limited
      ? [
          rateStep(words.most, { base: jkk, rate: jkp.mostOfJkk }, fromJkk, language),
          lowerStep(words.moved, [full, fromJkk], jkp.mostOfJkk, language),
        ]
      : []),
    restStep(`${words.kept} JKK`, [jkk, fromJkk], jkp.fromJkk, language),
    ...(jkp.fromJkm ? [rateStep(words.fromJkm, { base, rate: jkp.fromJkm }, fromJkm, language)] : []),
    restStep(`${words.kept} JKM`, [jkm, fromJkm], jkp.fromJkm ?? jkp.fromJkk, language),
    sumStep(words.jkp, [fromJkk, fromJkm], allocation.JKP, [jkp.fromJkk], language),
    rateStep(words.state, { base, rate: jkp.state }, state, language),
  ];
}
