import { type Language, periodsText, periodText } from '#src/domain/language.ts';
import { isOverdue, type LedgerMonth, openCharge } from '#src/domain/ledger/ledger.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import { BLANK, type Explained, factSource } from './explained.ts';
import { billingTables } from './explained-billing.ts';
import { creditBlocks, settlementTables } from './explained-payments.ts';
import { monthRules } from './explained-rules.ts';
import type { Block, Cell, Source, Table } from './letter.ts';

const WORDS = {
  id: {
    months: 'Iuran bulan demi bulan',
    none: 'Sampai hari itu tidak ada bulan yang dilaporkan atau jatuh tempo.',
    rounding:
      'Bagian setiap pekerja dibulatkan ke rupiah penuh menurut program dan pembayar, lalu dijumlahkan. Karena itu upah dikalikan tarif dapat berbeda beberapa rupiah dari iuran. Upah JP dihitung paling tinggi sebesar batasnya bagi setiap pekerja.',
    open: 'Bulan yang belum lunas; perhitungan masing-masing di bawah ini',
    openColumns: ['Bulan iuran', 'Lewat jatuh tempo', 'Denda belum dibayar', 'Jumlah', 'Belum jatuh tempo'],
    settled: 'Bulan yang sudah lunas',
    settledCaption: 'Iuran dan denda yang sudah dibayar penuh',
    presumed: ' (belum dilaporkan)',
    settledColumns: ['Bulan iuran', 'Iuran', 'Jatuh tempo', 'Lunas pada', 'Denda, sudah dibayar', 'Dasar'],
    rules: 'Parameter bulan yang sudah lunas',
    ruleColumns: ['Parameter', 'Nilai', 'Bulan iuran', 'Dasar'],
    total: 'Jumlah',
  },
  en: {
    months: 'Contributions month by month',
    none: 'By that day no month had been declared or had fallen due.',
    rounding:
      'Each worker’s share is rounded to the whole rupiah by programme and payer, and then summed. Wages times rate can therefore differ from the contribution by some rupiah. JP is computed on the wage of each worker up to its ceiling.',
    open: 'Months with something open; each is worked out below',
    openColumns: ['Month', 'Overdue', 'Late charge open', 'Total', 'Not due yet'],
    settled: 'Settled months',
    settledCaption: 'Contributions and late charges that are paid in full',
    presumed: ' (not declared)',
    settledColumns: ['Month', 'Contribution', 'Due day', 'Paid in full on', 'Late charge, paid', 'Rests on'],
    rules: 'Parameters of the settled months',
    ruleColumns: ['Parameter', 'Value', 'Months', 'Rests on'],
    total: 'Total',
  },
} satisfies Record<Language, object>;

/** Every month of the ledger: step by step where anything is open, in one table where all is settled. */
export function monthBlocks(explained: Explained): Block[] {
  const { ledger, language } = explained;
  const words = WORDS[language];
  const heading: Block = { kind: 'heading', level: 2, text: words.months };
  const credit = creditBlocks(explained);
  if (ledger.months.length === 0) return [heading, { kind: 'paragraph', text: words.none }, ...credit];
  const isOpen = (month: LedgerMonth) => month.outstanding > 0 || openCharge(month) > 0;
  const open = ledger.months.filter(isOpen);
  const settled = ledger.months.filter((month) => !isOpen(month));
  return [
    heading,
    ...(open.length > 0
      ? [openTable(explained, open), { kind: 'paragraph', text: words.rounding } as const]
      : []),
    ...open.flatMap((month): Block[] => [
      { kind: 'heading', level: 3, text: periodText(month.period, language) },
      ...billingTables(explained, month),
      ...settlementTables(explained, month),
    ]),
    ...(settled.length > 0 ? settledBlocks(explained, settled) : []),
    ...credit,
  ];
}

function openTable({ ledger, verdict, language }: Explained, months: readonly LedgerMonth[]): Table {
  const words = WORDS[language];
  const overdue = (month: LedgerMonth) => (isOverdue(month, ledger.asOf) ? month.outstanding : 0);
  const rows = months.map((month): Cell[] => [
    { text: periodText(month.period, language) },
    { amount: overdue(month) },
    { amount: openCharge(month) },
    { amount: add(overdue(month), openCharge(month)) },
    { amount: month.outstanding - overdue(month) },
  ]);
  const { contributions, lateCharge, total } = verdict.arrears;
  const notDue = sum(months.map((month) => month.outstanding - overdue(month)));
  return {
    kind: 'table',
    caption: words.open,
    columns: words.openColumns,
    rows,
    total: [
      { text: words.total },
      { amount: contributions },
      { amount: lateCharge },
      { amount: total },
      { amount: notDue },
    ],
  };
}

function settledBlocks(explained: Explained, months: readonly LedgerMonth[]): Block[] {
  const { language } = explained;
  const words = WORDS[language];
  const rows = months.map((month): Cell[] => [
    { text: `${periodText(month.period, language)}${month.presumed ? words.presumed : ''}` },
    { amount: month.due },
    { day: month.dueOn },
    month.paidInFullOn === undefined ? { text: '–' } : { day: month.paidInFullOn },
    { amount: month.lateCharge },
    { sources: monthSources(month) },
  ]);
  const due = sum(months.map((month) => month.due));
  const charge = sum(months.map((month) => month.lateCharge));
  const total = [{ text: words.total }, { amount: due }, BLANK, BLANK, { amount: charge }, BLANK];
  return [
    { kind: 'heading', level: 3, text: words.settled },
    { kind: 'table', caption: words.settledCaption, columns: words.settledColumns, rows, total },
    rulesTable(explained, months),
  ];
}

/** Each parameter that settled months rest on, once, with these months. */
function rulesTable(explained: Explained, months: readonly LedgerMonth[]): Table {
  const { language } = explained;
  const { rules: caption, ruleColumns: columns } = WORDS[language];
  const used = months.flatMap((month) =>
    monthRules(explained, month).map((source) => ({ source, period: month.period })),
  );
  const rows = [...Map.groupBy(used, ({ source }) => JSON.stringify(source)).values()].map((uses): Cell[] => {
    const { source } = uses[0]!;
    const periods = uses.map(({ period }) => period);
    return [
      { text: source.title[language] },
      { text: source.value },
      { text: periodsText(periods, language) },
      { sources: [source] },
    ];
  });
  return { kind: 'table', caption, columns, rows };
}

/** The declaration that a month rests on and all payments that were applied to it. */
export function monthSources({ declarationId, parts, penaltyParts }: LedgerMonth): Source[] {
  const paid = [...parts, ...penaltyParts].map(({ paymentId }) => factSource('payment', paymentId));
  return [factSource('declaration', declarationId), ...paid];
}

function sum(amounts: readonly Rupiah[]): Rupiah {
  return amounts.reduce(add, 0);
}
