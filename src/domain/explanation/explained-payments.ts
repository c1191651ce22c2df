import { firstDayBeyond, onDay } from '#src/domain/civil.ts';
import type { Payment } from '#src/domain/facts.ts';
import { type Language, percentText } from '#src/domain/language.ts';
import {
  isCharged,
  type LedgerMonth,
  lateStretches,
  openCharge,
  type Part,
} from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { PolicyName } from '#src/domain/parameters.ts';
import {
  BLANK,
  chargeSources,
  type Explained,
  factSource,
  policySource,
  type Statement,
  statements,
} from './explained.ts';
import { dueSources, freedSources } from './explained-rules.ts';
import type { Block, Cell, Table } from './letter.ts';

const WORDS = {
  id: {
    paid: 'Pembayaran yang mengurangi iuran bulan ini',
    penalties: 'Pembayaran denda bulan ini',
    paymentColumns: ['Pembayaran', 'Dibayar pada', 'Jumlah'],
    total: 'Jumlah',
    charge: (rate: string) =>
      `Denda: ${rate} dari yang belum dibayar pada awal setiap bulan keterlambatan; sebagian bulan dihitung sebulan`,
    chargeColumns: ['Bulan terlambat', 'Sejak', 'Belum dibayar', 'Denda per bulan', 'Denda'],
    result: 'Hasil bulan ini',
    due: 'Iuran',
    received: 'Dibayar',
    outstanding: 'Belum dibayar',
    late: 'Bulan terlambat',
    arisen: 'Denda',
    chargePaid: 'Denda yang dibayar',
    chargeOpen: 'Denda yang belum dibayar',
    uncharged: 'tidak dikenakan kepada penyelenggara negara',
  },
  en: {
    paid: 'Payments applied to this month’s contribution',
    penalties: 'Payments of this month’s late charge',
    paymentColumns: ['Payment', 'Paid on', 'Amount'],
    total: 'Total',
    charge: (rate: string) =>
      `Late charge: ${rate} of what is outstanding at the start of each month late; a part counts as a month`,
    chargeColumns: ['Months late', 'From', 'Outstanding', 'Charge a month', 'Charge'],
    result: 'What comes out',
    due: 'Contribution',
    received: 'Paid',
    outstanding: 'Outstanding',
    late: 'Months late',
    arisen: 'Late charge',
    chargePaid: 'Late charge paid',
    chargeOpen: 'Late charge open',
    uncharged: 'government employers are not charged',
  },
} satisfies Record<Language, object>;

/** What was paid for a month, what being late cost, and what is open. */
export function settlementTables(explained: Explained, month: LedgerMonth): Table[] {
  const { facts, law, language } = explained;
  const words = WORDS[language];
  const charged = isCharged(facts, law.at(month.period));
  return [
    ...partsTable(words.paid, month.parts, month.paid, language),
    ...(charged && month.monthsLate > 0 ? [chargeTable(explained, month)] : []),
    ...partsTable(words.penalties, month.penaltyParts, month.lateChargePaid, language),
    statements(language, words.result, results(explained, month, charged)),
  ];
}

function results(explained: Explained, month: LedgerMonth, charged: boolean): Statement[] {
  const words = WORDS[explained.language];
  const policy = (name: PolicyName) => policySource(explained, name, onDay(month.period, 1));
  const declared = factSource('declaration', month.declarationId);
  const paid = month.parts.map(({ paymentId }) => factSource('payment', paymentId));
  const penalties = month.penaltyParts.map(({ paymentId }) => factSource('payment', paymentId));
  const order = paid.length > 0 ? [policy('payment-order')] : [];
  const charge = charged ? chargeSources(explained, month) : freedSources(explained, month.period);
  const base = month.lateCharge > 0 ? [policy('late-charge-on')] : [];
  const part = month.monthsLate > 0 ? [policy('part-month')] : [];
  return [
    [words.due, { amount: month.due }, [declared, policy('rounding')]],
    [words.received, { amount: month.paid }, [...paid, ...order]],
    [words.outstanding, { amount: month.outstanding }, [declared, ...paid]],
    [words.late, { count: month.monthsLate }, [...dueSources(explained, month.period), ...part]],
    charged
      ? [words.arisen, { amount: month.lateCharge }, [...charge, ...base]]
      : [words.arisen, { text: words.uncharged }, charge],
    [words.chargePaid, { amount: month.lateChargePaid }, penalties],
    [words.chargeOpen, { amount: openCharge(month) }, [...charge, ...penalties]],
  ];
}

function partsTable(caption: string, parts: readonly Part[], total: Rupiah, language: Language): Table[] {
  if (parts.length === 0) return [];
  const words = WORDS[language];
  const rows = parts.map(({ paymentId, on, amount }): Cell[] => [
    { sources: [factSource('payment', paymentId)] },
    { day: on },
    { amount },
  ]);
  return [
    {
      kind: 'table',
      caption,
      columns: words.paymentColumns,
      rows,
      total: [{ text: words.total }, BLANK, { amount: total }],
    },
  ];
}

function chargeTable({ law, language, ledger }: Explained, month: LedgerMonth): Table {
  const words = WORDS[language];
  const { lateCharge: rate } = law.at(month.period);
  let late = 0;
  const rows = lateStretches(month, rate.value, ledger.asOf).map(
    ({ months, outstanding, charge }): Cell[] => {
      const from = firstDayBeyond(month.dueOn, late);
      const first = late + 1;
      late += months;
      return [
        { text: first === late ? String(late) : `${first}–${late}` },
        { day: from },
        { amount: outstanding },
        { amount: charge / months },
        { amount: charge },
      ];
    },
  );
  const total = [{ text: words.total }, BLANK, BLANK, BLANK, { amount: month.lateCharge }];
  const caption = words.charge(percentText(rate.value, language));
  return { kind: 'table', caption, columns: words.chargeColumns, rows, total };
}

const CREDIT = {
  id: {
    heading: 'Uang yang belum terpakai',
    contributions: 'Pembayaran iuran yang belum terpakai',
    penalties: 'Pembayaran denda yang belum terpakai',
    columns: ['Pembayaran', 'Dibayar pada', 'Dibayar', 'Belum terpakai'],
  },
  en: {
    heading: 'Money not taken yet',
    contributions: 'Contributions paid that no month has taken yet',
    penalties: 'Late charges paid that no month has taken yet',
    columns: ['Payment', 'Paid on', 'Paid', 'Not taken'],
  },
} satisfies Record<Language, object>;

/** The money that no month has taken, payment by payment. */
export function creditBlocks({ facts, ledger, language }: Explained): Block[] {
  const words = CREDIT[language];
  const taken = new Map<string, Rupiah>();
  for (const { parts, penaltyParts } of ledger.months) {
    for (const { paymentId, amount } of [...parts, ...penaltyParts])
      taken.set(paymentId, add(taken.get(paymentId) ?? 0, amount));
  }
  const left = (payment: Payment) => payment.amount - (taken.get(payment.id) ?? 0);
  const table = (caption: string, penalty: boolean, total: Rupiah): Block[] => {
    if (total === 0) return [];
    const rows = facts.payments
      .filter((payment) => payment.paidOn <= ledger.asOf && payment.penalty === penalty && left(payment) > 0)
      .map((payment): Cell[] => [
        { sources: [factSource('payment', payment.id)] },
        { day: payment.paidOn },
        { amount: payment.amount },
        { amount: left(payment) },
      ]);
    const sum = [{ text: WORDS[language].total }, BLANK, BLANK, { amount: total }];
    return [{ kind: 'table', caption, columns: words.columns, rows, total: sum }];
  };
  const tables = [
    ...table(words.contributions, false, ledger.credit),
    ...table(words.penalties, true, ledger.penaltyCredit),
  ];
  return tables.length > 0 ? [{ kind: 'heading', level: 3, text: words.heading }, ...tables] : [];
}
