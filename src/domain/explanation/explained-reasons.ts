import { periodOf } from '#src/domain/civil.ts';
import { type Language, listText, rupiahText } from '#src/domain/language.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { Reason, Severity } from '#src/domain/verdict/reasons.ts';
import { dueSource, type Explained, factSource, parameterSource, rateSource, unique } from './explained.ts';
import { monthSources } from './explained-months.ts';
import type { Block, Cell, Source } from './letter.ts';

const WORDS = {
  id: {
    reasons: 'Alasan',
    why: 'Mengapa statusnya demikian',
    none: 'Tidak ada yang perlu disebut.',
    columns: ['Alasan', 'Penjelasan', 'Dasar'],
  },
  en: {
    reasons: 'Reasons',
    why: 'Why the status is what it is',
    none: 'There is nothing to name.',
    columns: ['Reason', 'Explanation', 'Rests on'],
  },
} satisfies Record<Language, object>;

const SEVERITIES: Record<Severity, Record<Language, string>> = {
  breach: { id: 'pelanggaran', en: 'breach' },
  warning: { id: 'peringatan', en: 'warning' },
  info: { id: 'keterangan', en: 'information' },
};

/** Each reason in words, with the facts and parameters that it rests on. */
export function reasonBlocks(explained: Explained): Block[] {
  const { law, language, verdict } = explained;
  const words = WORDS[language];
  const heading: Block = { kind: 'heading', level: 2, text: words.reasons };
  if (verdict.reasons.length === 0) return [heading, { kind: 'paragraph', text: words.none }];
  const rows = verdict.reasons.map((reason): Cell[] => [
    { text: `${law.reasons[reason.code].title[language]} (${SEVERITIES[reason.severity][language]})` },
    { text: reason.detail },
    { sources: unique(SOURCES[reason.code](explained, reason)) },
  ]);
  return [heading, { kind: 'table', caption: words.why, columns: words.columns, rows }];
}

type SourcesOf = (explained: Explained, reason: Reason) => Source[];

const employer: SourcesOf = ({ facts }) => [factSource('employer', facts.employerId)];

/** The declarations, and what was paid, for the months that the reason is about. */
const months: SourcesOf = ({ ledger }, { periods = [] }) =>
  ledger.months.filter(({ period }) => periods.includes(period)).flatMap(monthSources);

const arrears: SourcesOf = (explained, reason) => {
  const { law, ledger, language } = explained;
  const tolerance = law.arrearsTolerance(ledger.asOf);
  return [...months(explained, reason), parameterSource(tolerance, rupiahText(tolerance.value, language))];
};

/** The rosters of the months themselves. */
const rosters: SourcesOf = ({ facts }, { periods = [] }) =>
  facts.declarations
    .filter(({ period }) => periods.includes(period))
    .map(({ id }) => factSource('declaration', id));

const flags: SourcesOf = ({ verdict }) =>
  verdict.restrictions
    .filter(({ kind }) => kind === 'review')
    .map(({ reference }) => factSource('flag', reference));

const SOURCES: Record<ReasonCode, SourcesOf> = {
  NOT_REGISTERED: employer,
  ARREARS: arrears,
  BELOW_TOLERANCE: arrears,
  NOT_DECLARED: (explained, reason) => {
    const { law, language } = explained;
    const due = (reason.periods ?? []).map((period) => dueSource(law.at(period), language));
    return [...employer(explained, reason), ...due];
  },
  PARTIAL_PROGRAMMES: (explained, reason) => {
    const { facts, law, language } = explained;
    const { scale, sector } = facts.employer;
    const rules = (reason.periods ?? []).flatMap((period) => {
      const { obligatory, obligatoryConstructionDaily } = law.at(period);
      return [obligatory[scale], ...(sector === 'construction' ? [obligatoryConstructionDaily] : [])];
    });
    return [
      ...rosters(explained, reason),
      ...rules.map((rule) => parameterSource(rule, listText(rule.value, language))),
    ];
  },
  PARTIAL_WORKERS: rosters,
  PARTIAL_WAGES: rosters,
  REVIEW_OPEN: flags,
  LATE_PAID: (explained, reason) => {
    const { law, language } = explained;
    const rates = (reason.periods ?? []).map((period) => rateSource(law.at(period).lateCharge, language));
    return [...months(explained, reason), ...rates];
  },
  CLASS_UNCONFIRMED: (explained, reason) => {
    const { facts, law, ledger } = explained;
    const { jkkClass, onFile } = classFor(facts, law, periodOf(ledger.asOf));
    const { indicativeClass } = law.at(periodOf(ledger.asOf));
    return [...employer(explained, reason), ...(onFile ? [] : [parameterSource(indicativeClass, jkkClass)])];
  },
  PLAN: (_, { reference }) => (reference === undefined ? [] : [factSource('plan', reference)]),
  DISPUTE: (_, { reference }) => (reference === undefined ? [] : [factSource('dispute', reference)]),
  REGULARISATION_OPEN: (_, { reference }) =>
    reference === undefined ? [] : [factSource('regularisation', reference)],
  STALE_DATA: employer,
  CLOSED: employer,
};
