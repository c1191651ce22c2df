import type { ClassOrigin } from '#src/domain/employer.ts';
import { dayText, type Language, periodText, rupiahText } from '#src/domain/language.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import { type LedgerMonth, sharesOfMonth } from '#src/domain/ledger/ledger.ts';
import { PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import { type Contributions, ratesOf } from '#src/domain/rules/contributions.ts';
import { daysToDue } from '#src/domain/rules/due-day.ts';
import { billedRate, underReliefs } from '#src/domain/rules/relief.ts';
import {
  BLANK,
  dueSource,
  type Explained,
  factSource,
  parameterSource,
  rateSource,
  type Statement,
  statements,
} from './explained.ts';
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
    indicative: 'belum tercatat; perkiraan menurut golongan pokok KBLI',
    assumed: 'belum tercatat; dianggap kelompok I',
    relief: 'Keringanan JKK',
    relieved: 'industri padat karya dengan cukup pekerja dan tanpa tunggakan sebelumnya',
    ceiling: 'Batas upah JP per pekerja',
    dueOn: 'Jatuh tempo',
    moved: (day: string) => `, digeser dari ${day} yang bukan hari kerja`,
    provisional: ', sementara: hari libur tahun itu belum ditetapkan',
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
    indicative: 'none on file; estimated by the KBLI division',
    assumed: 'none on file; taken as class I',
    relief: 'Relief of JKK',
    relieved: 'labour-intensive industry with workers enough, and nothing unpaid from before',
    ceiling: 'Ceiling of the JP wage of a worker',
    dueOn: 'Due day',
    moved: (day: string) => `, moved from ${day}, which is no working day`,
    provisional: ', provisional: the holidays of that year are not decreed yet',
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
    [words.declaration, { text: month.presumed ? presumed : words.declared }, declared],
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
  const parameters = law.at(month.period);
  const { jkkClass } = classFor(facts, law, month.period);
  const rates = ratesOf(month.relieved ? underReliefs(parameters, ['PP7/2025']) : parameters, jkkClass);
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

function classStatement({ facts, law, language }: Explained, { period }: LedgerMonth): Statement {
  const words = WORDS[language];
  const { jkkClass, origin, onFile } = classFor(facts, law, period);
  const employer = factSource('employer', facts.employerId);
  if (onFile) return [words.jkkClass, { text: `${jkkClass}, ${ORIGINS[origin][language]}` }, [employer]];
  const { indicativeClass } = law.at(period);
  const division = facts.employer.kbli?.code.slice(0, 2) ?? '';
  const how = indicativeClass.value.has(division) ? words.indicative : words.assumed;
  return [
    words.jkkClass,
    { text: `${jkkClass}, ${how}` },
    [employer, parameterSource(indicativeClass, jkkClass)],
  ];
}

function reliefStatement({ facts, law, language }: Explained, { period }: LedgerMonth): Statement {
  const { relief, relieved } = WORDS[language];
  const { fewestWorkers, industries, paidThrough } = law.at(period).labourIntensive!;
  return [
    relief,
    { text: relieved },
    [
      factSource('employer', facts.employerId),
      parameterSource(industries, industries.value.join(', ')),
      parameterSource(fewestWorkers, String(fewestWorkers.value)),
      parameterSource(paidThrough, periodText(paidThrough.value, language)),
    ],
  ];
}

function ceilingStatement({ law, language }: Explained, { period }: LedgerMonth): Statement[] {
  const { jpCeiling } = law.at(period);
  if (!jpCeiling) return [];
  const { value } = jpCeiling;
  const sources = [parameterSource(jpCeiling, rupiahText(value, language))];
  return [[WORDS[language].ceiling, { amount: value }, sources]];
}

function dueStatement({ law, language }: Explained, month: LedgerMonth): Statement {
  const words = WORDS[language];
  const { dueRule } = law.at(month.period);
  const stated = daysToDue(month.period, dueRule.value, law.calendar)[0]!;
  const moved = stated === month.dueOn ? '' : words.moved(dayText(stated, language));
  const text = `${dayText(month.dueOn, language)}${moved}${month.calendarProvisional ? words.provisional : ''}`;
  return [words.dueOn, { text }, [dueSource(law.at(month.period), language)]];
}
