import type { Period } from '#src/domain/civil.ts';
import { type Language, listText, periodText } from '#src/domain/language.ts';
import type { WageShortfall } from '#src/domain/rules/minimum-wage.ts';
import type { Reason } from '#src/domain/verdict/reasons.ts';
import { type Explained, factSource, parameterSource, type Statement, statements } from './explained.ts';
import type { Block, Source } from './letter.ts';

const WORDS = {
  id: {
    heading: 'Upah minimum yang dipakai',
    caption: (month: string) => `Upah yang dilaporkan untuk ${month}, dan upah minimum`,
    region: 'Wilayah dan tahun',
    monthly: 'Upah minimum sebulan',
    source: 'Ditetapkan dengan',
    workers: 'Pekerja dengan upah lebih rendah',
    amount: 'Kekurangan seluruhnya sebulan',
    unnamed: 'tidak disebutkan',
    daily:
      'Pekerja harian tidak dihitung. Perusahaan yang upah minimumnya ditetapkan lain, atau yang bulannya tidak dikerjakan penuh, dapat menunjukkannya dalam sengketa.',
    yes: 'ya',
    scales: { micro: 'mikro', small: 'kecil', medium: 'menengah', large: 'besar' },
  },
  en: {
    heading: 'The minimum wage that was used',
    caption: (month: string) => `Wages declared for ${month}, and the minimum wage`,
    region: 'Region and year',
    monthly: 'Minimum wage a month',
    source: 'Set by',
    workers: 'Workers with less',
    amount: 'What is lacking in all a month',
    unnamed: 'not named',
    daily:
      'Workers by the day are not counted. A company whose minimum wage is set otherwise, or whose month was not worked in full, can show it in a dispute.',
    yes: 'yes',
    scales: { micro: 'micro', small: 'small', medium: 'medium', large: 'large' },
  },
} satisfies Record<Language, object>;

/** The minimum wage that a reason rests on, with what a month pays less; nothing where there is no such reason. */
export function minimumWageBlocks(explained: Explained): Block[] {
  const { language, verdict } = explained;
  const words = WORDS[language];
  const found = verdict.reasons.find(({ minimumWage }) => minimumWage);
  const held = found && shortfallIn(explained, found);
  if (!held) return [];
  const { period, minimum, workers, amount } = held;
  const sources = minimumWageSources(explained, found);
  const fact = sources.slice(0, 1);
  const declared = [factSource('declaration', held.declarationId)];
  const said: Statement[] = [
    [words.region, { text: `${minimum.regionName} (${minimum.regionCode}), ${minimum.year}` }, fact],
    [words.monthly, { amount: minimum.monthly }, sources],
    [words.source, { text: minimum.source ?? words.unnamed }, fact],
    [words.workers, { count: workers }, declared],
    [words.amount, { amount }, declared],
  ];
  return [
    { kind: 'heading', level: 2, text: words.heading },
    statements(language, words.caption(periodText(period, language)), said),
    { kind: 'paragraph', text: words.daily },
  ];
}

/** What a reason about a minimum wage rests on: the statement first, then the law; nothing of another reason. */
export function minimumWageSources({ law, language }: Explained, reason: Reason): Source[] {
  const { minimumWage, since } = reason;
  if (!minimumWage) return [];
  const words = WORDS[language];
  const { binds, exempt } = law.minimumWage(since);
  const scales = exempt.value.map((scale) => words.scales[scale]);
  return [
    factSource('minimum_wage', minimumWageId(minimumWage)),
    parameterSource(binds, words.yes),
    parameterSource(exempt, listText(scales, language)),
  ];
}

/** What a minimum wage is found by: `34/2026`. */
export function minimumWageId({ regionCode, year }: { regionCode: string; year: number }): string {
  return `${regionCode}/${year}`;
}

function shortfallIn(
  { facts }: Explained,
  { periods = [] }: Reason,
): (WageShortfall & { period: Period; declarationId: string }) | undefined {
  const declaration = facts.declarations.find(({ period }) => periods.includes(period));
  const { id: declarationId, period, shortfall } = declaration ?? {};
  return shortfall && { ...shortfall, period: period!, declarationId: declarationId! };
}
