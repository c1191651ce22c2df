import { certaintyText } from '#src/domain/certainty.ts';
import { articleText, type Language, periodText } from '#src/domain/language.ts';
import { citation, type LawParameter, spansOf, valueText } from '#src/law/index.ts';
import { tableText } from './table.ts';

const WORDS = {
  id: {
    payer: 'Ditanggung oleh',
    payers: { employer: 'pemberi kerja', worker: 'pekerja', none: 'tidak ada' },
    confirmed: (month: string) =>
      `Nilai terakhir ditetapkan atau tercatat sampai ${month}; itu bukan akhir menurut hukum.`,
    columns: ['Sejak', 'Sampai', 'Nilai', 'Pasal', 'Kepastian', 'Sumber dan isinya'],
    ended: '(berakhir)',
  },
  en: {
    payer: 'Borne by',
    payers: { employer: 'the employer', worker: 'the worker', none: 'nobody' },
    confirmed: (month: string) =>
      `The last value is published or entered up to ${month}; that is no end set by law.`,
    columns: ['Since', 'Until', 'Value', 'Article', 'Certainty', 'Source and what it says'],
    ended: '(ended)',
  },
} satisfies Record<Language, object>;

const WIDTHS = [10, 10, 36, 32, 16, 64];

/** All values of a parameter with where each stands, and who bears it. */
export function detailsText(parameter: LawParameter, language: Language): string {
  const words = WORDS[language];
  const { id, title, unit, payer, confirmedUntil } = parameter;
  const columns = words.columns.map((heading, index) => ({ heading, width: WIDTHS[index]! }));
  const rows = spansOf(parameter).map(({ entry, until = '' }) => {
    const { from, value, basis } = entry;
    return [
      from,
      until,
      entry.repealed ? words.ended : valueText(unit, value, language),
      articleText(citation(basis), language, title),
      certaintyText(basis.status, language),
      `${basis.publication}\n${basis.summary}`,
    ];
  });
  return [
    `${id}: ${title[language]}`,
    `${words.payer}: ${words.payers[payer]}`,
    ...(confirmedUntil === undefined ? [] : [words.confirmed(periodText(confirmedUntil, language))]),
    '',
    tableText(columns, rows),
  ].join('\n');
}
