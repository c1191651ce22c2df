import {
  articleText,
  counted,
  type Language,
  periodsText,
  periodText,
  rupiahText,
} from '#src/domain/language.ts';
import type { ContractStanding } from './contract-standing.ts';
import type { PlacementFinding, PlacementPolicy } from './placement-policy.ts';

/** What a sentence is filled with, as people read it. */
type Words = Record<'contract' | 'month' | 'months' | 'unpaid' | 'minimum' | 'billed', string> &
  Record<'contracted' | 'declared' | 'missing' | 'underMinimum' | 'underBilled', number>;
type Sentence = (words: Words) => string;

const SUMMARY: Record<Language, Record<'shown' | 'unseen', Sentence>> = {
  id: {
    shown: ({ contract, contracted, declared, month }) =>
      `Kontrak ${contract}: ${contracted} pekerja diperjanjikan, ${declared} dilaporkan untuk ${month}.`,
    unseen: ({ contract, contracted }) =>
      `Kontrak ${contract}: ${contracted} pekerja diperjanjikan; belum ada laporan untuk bulan-bulan kontrak ini.`,
  },
  en: {
    shown: ({ contract, contracted, declared, month }) =>
      `Contract ${contract}: ${counted(contracted, 'worker')} contracted, ${declared} declared for ${month}.`,
    unseen: ({ contract, contracted }) =>
      `Contract ${contract}: ${counted(contracted, 'worker')} contracted; no roster of its months yet.`,
  },
};

const SENTENCES: Record<PlacementFinding, Record<Language, Sentence>> = {
  workers_missing: {
    id: ({ missing }) => `${missing} pekerja belum dilaporkan`,
    en: ({ missing }) => `${workersAre(missing)} not declared`,
  },
  months_unpaid: {
    id: ({ months, unpaid }) =>
      `Perusahaan alih daya belum membayar iuran ${months} sebesar ${unpaid} untuk seluruh pekerjanya`,
    en: ({ months, unpaid }) =>
      `The vendor has not paid contributions for ${months} of ${unpaid}, for all of its workers`,
  },
  wages_under_minimum: {
    id: ({ underMinimum, minimum }) =>
      `${underMinimum} pekerja dilaporkan dengan upah di bawah upah minimum ${minimum}`,
    en: ({ underMinimum, minimum }) =>
      `${workersAre(underMinimum)} declared with wages under the minimum wage of ${minimum}`,
  },
  wages_under_billed: {
    id: ({ underBilled, billed }) =>
      `${underBilled} pekerja dilaporkan dengan upah di bawah yang ditagihkan, ${billed}`,
    en: ({ underBilled, billed }) =>
      `${workersAre(underBilled)} declared with wages under what is billed, ${billed}`,
  },
  terms_disputed: {
    id: () => 'Para pihak berbeda tentang ketentuan kontrak ini',
    en: () => 'The sides differ on the terms of this contract',
  },
  vendor_unlicensed: {
    id: () => 'Tidak ada izin alih daya yang tercatat',
    en: () => 'There is no outsourcing licence on record',
  },
};

/** What was found of a contract, in sentences that people read, each with where the law says so. */
export function placementText(
  contractNumber: string,
  standing: ContractStanding,
  { articles }: Pick<PlacementPolicy, 'articles'>,
  language: Language,
): string {
  const { period, findings, unpaidMonths } = standing;
  const words: Words = {
    contract: contractNumber,
    contracted: standing.contracted,
    declared: standing.declared,
    missing: standing.missing,
    month: period === undefined ? '' : periodText(period, language),
    months: periodsText(unpaidMonths, language),
    unpaid: rupiahText(standing.unpaid, language),
    minimum: rupiahText(standing.minimumWage ?? 0, language),
    billed: rupiahText(standing.billedMonthlyWage ?? 0, language),
    underMinimum: standing.underMinimum,
    underBilled: standing.underBilled,
  };
  const summary = SUMMARY[language][period === undefined ? 'unseen' : 'shown'](words);
  const found = findings.map((finding) => {
    const article = articles[finding];
    const cited = article === undefined ? '' : ` (${articleText(article, language)})`;
    return `${SENTENCES[finding][language](words)}${cited}.`;
  });
  return [summary, ...found].join(' ');
}

function workersAre(count: number): string {
  return `${counted(count, 'worker')} ${count === 1 ? 'is' : 'are'}`;
}
