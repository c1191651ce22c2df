import { onDay } from '#src/domain/civil.ts';
import type { FlagKind } from '#src/domain/flags.ts';
import { dayText, type Language, periodText } from '#src/domain/language.ts';
import { isCharged, isOverdue } from '#src/domain/ledger/ledger.ts';
import { add } from '#src/domain/money.ts';
import { type RemedyItem, remedyOf } from '#src/domain/verdict/remedy.ts';
import { remedyText } from '#src/domain/verdict/remedy-text.ts';
import { statusText } from '#src/domain/verdict/status-text.ts';
import {
  BLANK,
  chargeSources,
  type Explained,
  factSource,
  policySource,
  rateSource,
  statements,
  unique,
} from './explained.ts';
import type { Block, Cell, Source, Table } from './letter.ts';

const WORDS = {
  id: {
    restrictions: 'Pembatasan yang berlaku',
    noRestrictions: 'Tidak ada pembatasan yang berlaku.',
    restrictionColumns: ['Jenis', 'Instansi', 'Sejak', 'Sampai dengan', 'Dasar'],
    remedy: 'Yang perlu dibayar dan dilakukan',
    nothing: 'Tidak ada yang perlu dibayar pada hari itu.',
    toPay: (day: string) => `Yang perlu dibayar, jika dibayar pada ${day}`,
    payColumns: ['Bulan iuran', 'Iuran', 'Denda', 'Jumlah', 'Dasar'],
    total: 'Jumlah',
    split: 'Sisa iuran bulan yang sudah dibayar sebagian, menurut program',
    splitColumns: ['Bulan iuran', 'Program', 'Sisa iuran', 'Dasar'],
    afterwards: 'Setelah itu',
    oncePaid: 'Status setelah dibayar, tanpa tindakan lain',
    perMonth: 'Tambahan denda tiap bulan berikutnya selama belum dibayar',
    increase: 'Denda bertambah lagi pada',
    noIncrease: 'tidak bertambah',
  },
  en: {
    restrictions: 'Restrictions in force',
    noRestrictions: 'No restriction is in force.',
    restrictionColumns: ['Kind', 'Agency', 'Since', 'Until', 'Rests on'],
    remedy: 'What to pay and to do',
    nothing: 'There is nothing to pay on that day.',
    toPay: (day: string) => `What to pay, if it is paid on ${day}`,
    payColumns: ['Month', 'Contributions', 'Late charge', 'Total', 'Rests on'],
    total: 'Total',
    split: 'What is left of months that are paid in part, by programme',
    splitColumns: ['Month', 'Programme', 'Left', 'Rests on'],
    afterwards: 'What follows',
    oncePaid: 'Status once this is paid and nothing else is done',
    perMonth: 'Late charge that each further month adds while it is unpaid',
    increase: 'The late charge rises next on',
    noIncrease: 'it does not rise',
  },
} satisfies Record<Language, object>;

const RESTRICTIONS: Record<FlagKind | 'tmp2t', Record<Language, string>> = {
  procurement_block: { id: 'larangan ikut pengadaan', en: 'barred from procurement' },
  licence_hold: { id: 'penundaan perizinan', en: 'licences on hold' },
  watch: { id: 'dalam pemantauan', en: 'under watch' },
  referral: { id: 'dilimpahkan kepada instansi lain', en: 'referred to another agency' },
  review: { id: 'sedang ditinjau', en: 'under review' },
  tmp2t: { id: 'tidak mendapat pelayanan publik tertentu', en: 'certain public services are denied' },
};

export function restrictionBlocks({ verdict, language }: Explained): Block[] {
  const words = WORDS[language];
  const heading: Block = { kind: 'heading', level: 2, text: words.restrictions };
  if (verdict.restrictions.length === 0) return [heading, { kind: 'paragraph', text: words.noRestrictions }];
  const rows = verdict.restrictions.map(({ kind, by, since, until, reference }): Cell[] => [
    { text: RESTRICTIONS[kind][language] },
    { text: by },
    { day: since },
    until === undefined ? { text: '–' } : { day: until },
    { sources: [factSource(kind === 'tmp2t' ? 'sanction' : 'flag', reference)] },
  ]);
  return [heading, { kind: 'table', caption: words.restrictions, columns: words.restrictionColumns, rows }];
}

/** What to pay on the day that was asked about, what else to do, and what follows from either. */
export function remedyBlocks(explained: Explained): Block[] {
  const { facts, law, ledger, language } = explained;
  const words = WORDS[language];
  const { items, total, other, statusOncePaid, chargePerFurtherMonth, nextIncreaseOn } = remedyOf(
    facts,
    law,
    ledger.asOf,
  );
  const heading: Block = { kind: 'heading', level: 2, text: words.remedy };
  const toDo: Block[] =
    other.length > 0
      ? [{ kind: 'list', items: [...new Set(other.map((code) => remedyText(code, language)))] }]
      : [];
  if (items.length === 0) return [heading, { kind: 'paragraph', text: words.nothing }, ...toDo];
  const rows = items.map(({ period, contributions, lateCharge }): Cell[] => [
    { text: periodText(period, language) },
    { amount: contributions },
    { amount: lateCharge },
    { amount: add(contributions, lateCharge) },
    { sources: itemSources(explained, period) },
  ]);
  const sum = (key: 'contributions' | 'lateCharge') =>
    items.reduce((amount, item) => add(amount, item[key]), 0);
  const caption = words.toPay(dayText(ledger.asOf, language));
  const totals = [
    { text: words.total },
    { amount: sum('contributions') },
    { amount: sum('lateCharge') },
    { amount: total },
    BLANK,
  ];
  return [
    heading,
    { kind: 'table', caption, columns: words.payColumns, rows, total: totals },
    ...splitTable(explained, items),
    ...toDo,
    statements(language, words.afterwards, [
      [words.oncePaid, { text: statusText(statusOncePaid, language).name }, []],
      [words.perMonth, { amount: chargePerFurtherMonth }, furtherSources(explained)],
      [
        words.increase,
        nextIncreaseOn === undefined ? { text: words.noIncrease } : { day: nextIncreaseOn },
        furtherSources(explained),
      ],
    ]),
  ];
}

/** How what is left of months that were paid in part lies on their programmes. */
function splitTable(explained: Explained, items: readonly RemedyItem[]): Table[] {
  const { ledger, language } = explained;
  const { split: caption, splitColumns: columns, total } = WORDS[language];
  const begun = items.filter(({ period, contributions }) =>
    ledger.months.some((month) => month.period === period && month.paid > 0 && contributions > 0),
  );
  if (begun.length === 0) return [];
  const rows = begun.flatMap(({ period, programmes }) =>
    Object.entries(programmes).map(([programme, amount]): Cell[] => [
      { text: periodText(period, language) },
      { text: programme },
      { amount },
      { sources: [policySource(explained, 'partial-payment-split', onDay(period, 1))] },
    ]),
  );
  const sum = begun.reduce((left, { contributions }) => add(left, contributions), 0);
  return [{ kind: 'table', caption, columns, rows, total: [{ text: total }, BLANK, { amount: sum }, BLANK] }];
}

function itemSources(explained: Explained, period: string): Source[] {
  const month = explained.ledger.months.find((each) => each.period === period)!;
  return [factSource('declaration', month.declarationId), ...chargeSources(explained, month)];
}

/** The rates at which what is overdue goes on to cost. */
function furtherSources({ facts, law, ledger, language }: Explained): Source[] {
  const sources = ledger.months
    .filter((month) => isOverdue(month, ledger.asOf) && isCharged(facts, law.at(month.period)))
    .map(({ period }) => rateSource(law.at(period).lateCharge, language));
  return unique(sources);
}
