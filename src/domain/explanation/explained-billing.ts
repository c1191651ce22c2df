import { onDay } from '#src/domain/civil.ts';
import { daysMovedOver } from '#src/domain/due-day-text.ts';
import type { ClassOrigin } from '#src/domain/employer.ts';
import { dayText, type Language, listText, periodText } from '#src/domain/language.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import { type LedgerMonth, sharesOfMonth } from '#src/domain/ledger/ledger.ts';
import { PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import type { Contributions } from '#src/domain/rules/contributions.ts';
import { billedRate } from '#src/domain/rules/relief.ts';
import {
  BLANK,
  type Explained,
  factSource,
  policySource,
  rateSource,
  type Statement,
  statements,
} from './explained.ts';
import {
  ceilingSources,
  classSources,
  dueSources,
  isIndicative,
  ratesOfMonth,
  reliefSources,
} from './explained-rules.ts';
import type { Cell, Table } from './letter.ts';

const ORIGINS: Record<ClassOrigin, Record<Language, string>> = {
  bpjs_decision: { id: 'ditetapkan BPJS Ketenagakerjaan', en: 'decided by BPJS Ketenagakerjaan' },
  declared: { id: 'dilaporkan pemberi kerja', en: 'declared by the employer' },
  inferred: { id: 'diperkirakan', en: 'inferred' },
};

const WORDS = {
  id: {
    assessed: 'Dasar tagihan',
    declaration: 'Laporan',
    declared: 'dilaporkan',
    presumed: 'belum dilaporkan; dianggap sama dengan laporan',
    headcount: 'Jumlah pekerja',
    wages: 'Jumlah upah',
    jkkClass: 'Kelompok risiko JKK',
    indicative: 'belum tercatat, menurut golongan pokok KBLI',
    assumed: 'belum tercatat, dianggap kelompok I',
    relief: 'Keringanan JKK',
    relieved: 'industri padat karya dengan cukup pekerja dan tanpa tunggakan sebelumnya',
    ceiling: 'Batas upah JP per pekerja',
    dueOn: 'Jatuh tempo',
    moved: (days: string) => `, digeser dari ${days}`,
    leave: (name: string) => `; cuti bersama (${name}) dihitung sebagai hari kerja`,
    provisional: '; sementara: hari libur tahun itu belum tercatat',
    contributions: 'Iuran menurut program',
    columns: ['Program', 'Dibayar oleh', 'Upah', 'Tarif', 'Iuran', 'Dasar'],
    employer: 'pemberi kerja',
    worker: 'pekerja',
    total: 'Jumlah',
  },
  en: {
    assessed: 'What the bill rests on',
    declaration: 'Declaration',
    declared: 'declared',
    presumed: 'not declared; presumed to be as declared for',
    headcount: 'Workers',
    wages: 'Wages in all',
    jkkClass: 'JKK risk class',
    indicative: 'none on file, by the KBLI division',
    assumed: 'none on file, taken as class I',
    relief: 'Relief of JKK',
    relieved: 'labour-intensive industry with workers enough, and nothing unpaid from before',
    ceiling: 'Ceiling of the JP wage of a worker',
    dueOn: 'Due day',
    moved: (days: string) => `, moved from ${days}`,
    leave: (name: string) => `; collective leave (${name}) counts as a working day`,
    provisional: '; provisional: the holidays of that year are not entered',
    contributions: 'Contributions by programme',
    columns: ['Programme', 'Paid by', 'Wages', 'Rate', 'Contribution', 'Rests on'],
    employer: 'employer',
    worker: 'workers',
    total: 'Total',
  },
} satisfies Record<Language, object>;

/** How the bill of a month came about: what was declared, the class and the due day, then programme by programme. */
export function billingTables(explained: Explained, month: LedgerMonth): Table[] {
  const { facts, law, language } = explained;
  const words = WORDS[language];
  const declaration = facts.declarations.find(({ id }) => id === month.declarationId)!;
  const shares = sharesOfMonth(facts, law, month);
  const declared = [factSource('declaration', declaration.id)];
  const presumed = `${words.presumed} ${periodText(declaration.period, language)}`;
  const basis = statements(language, words.assessed, [
    [
      words.declaration,
      { text: month.presumed ? presumed : words.declared },
      month.presumed
        ? [...declared, policySource(explained, 'undeclared-month', onDay(month.period, 1))]
        : declared,
    ],
    [words.headcount, { count: declaration.headcount }, declared],
    [words.wages, { amount: declaration.assessments[0]!.wageBase }, declared],
    ...(shares.JKK ? [classStatement(explained, month)] : []),
    ...(month.relieved ? [reliefStatement(explained, month)] : []),
    ...(shares.JP ? ceilingStatement(explained, month) : []),
    dueStatement(explained, month),
  ]);
  return [basis, programmesTable(explained, month, shares)];
}

function programmesTable(explained: Explained, month: LedgerMonth, shares: Contributions): Table {
  const { facts, law, language } = explained;
  const words = WORDS[language];
  const { jkkClass } = classFor(facts, law, month.period);
  const rates = ratesOfMonth(explained, month);
  const rows = PROGRAMMES.flatMap((programme) =>
    (['employer', 'worker'] as const).flatMap((payer): Cell[][] => {
      const rate = rates[programme][payer];
      const share = shares[programme];
      if (!rate || !share) return [];
      const { partPaid } = rates[programme];
      const sources = [rate, ...(partPaid ? [partPaid] : [])].map((each) => rateSource(each, language));
      return [
        [
          { text: nameOf(programme, jkkClass) },
          { text: words[payer] },
          { amount: share.base },
          { rate: billedRate(rate.value, partPaid) },
          { amount: share[payer] },
          { sources },
        ],
      ];
    }),
  );
  const total = [{ text: words.total }, BLANK, BLANK, BLANK, { amount: month.due }, BLANK];
  return { kind: 'table', caption: words.contributions, columns: words.columns, rows, total };
}

function nameOf(programme: Programme, jkkClass: string): string {
  return programme === 'JKK' ? `JKK ${jkkClass}` : programme;
}

function classStatement(explained: Explained, { period }: LedgerMonth): Statement {
  const { facts, law, language } = explained;
  const words = WORDS[language];
  const { jkkClass, origin, onFile } = classFor(facts, law, period);
  const how = onFile ? [] : [isIndicative(explained, period) ? words.indicative : words.assumed];
  const text = `${[jkkClass, ORIGINS[origin][language]].join(', ')}${how.map((each) => `: ${each}`).join('')}`;
  const sources = [factSource('employer', facts.employerId), ...classSources(explained, period)];
  return [words.jkkClass, { text }, sources];
}

function reliefStatement(explained: Explained, { period }: LedgerMonth): Statement {
  const { relief, relieved } = WORDS[explained.language];
  const employer = factSource('employer', explained.facts.employerId);
  return [relief, { text: relieved }, [employer, ...reliefSources(explained, period)]];
}

function ceilingStatement(explained: Explained, { period }: LedgerMonth): Statement[] {
  const { jpCeiling } = explained.law.at(period);
  if (!jpCeiling) return [];
  const { ceiling } = WORDS[explained.language];
  return [[ceiling, { amount: jpCeiling.value }, ceilingSources(explained, period)]];
}

function dueStatement(explained: Explained, { period, dueOn, calendarProvisional }: LedgerMonth): Statement {
  const { law, language } = explained;
  const words = WORDS[language];
  const moved = daysMovedOver(period, law.at(period).dueRule.value, law.calendar, language);
  const leave = law.calendar.workedLeaveOn(dueOn);
  const text = [
    dayText(dueOn, language),
    ...(moved.length > 0 ? [words.moved(listText(moved, language))] : []),
    ...(leave ? [words.leave(leave.name)] : []),
    ...(calendarProvisional ? [words.provisional] : []),
  ].join('');
  return [words.dueOn, { text }, dueSources(explained, period)];
}
