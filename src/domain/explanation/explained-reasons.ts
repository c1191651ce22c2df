import { periodOf } from '#src/domain/civil.ts';
import { type Language, listText, rupiahText } from '#src/domain/language.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';
import type { Reason, Severity } from '#src/domain/verdict/reasons.ts';
import {
  chargeSources,
  type Explained,
  factSource,
  parameterSource,
  policySource,
  termSource,
  unique,
} from './explained.ts';
import { minimumWageSources } from './explained-minimum-wage.ts';
import { monthSources } from './explained-months.ts';
import { classSources, dueSources } from './explained-rules.ts';
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

/** The evidence, the roster that it is held against, and how long it counts. */
const evidence: SourcesOf = (explained, reason) => {
  const { evidence: kind, reference, since } = reason;
  if (kind === undefined || reference === undefined) return [];
  return [factSource('evidence', reference), ...rosters(explained, reason), termSource(explained, since)];
};

const flags: SourcesOf = ({ verdict }) =>
  verdict.restrictions
    .filter(({ kind }) => kind === 'review')
    .map(({ reference }) => factSource('flag', reference));

const SOURCES: Record<ReasonCode, SourcesOf> = {
  NOT_REGISTERED: (explained, reason) => [...employer(explained, reason), ...evidence(explained, reason)],
  ARREARS: arrears,
  BELOW_TOLERANCE: arrears,
  NOT_DECLARED: (explained, reason) => {
    const due = (reason.periods ?? []).flatMap((period) => dueSources(explained, period));
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
  PARTIAL_WORKERS: evidence,
  PARTIAL_WAGES: (explained, reason) =>
    reason.minimumWage
      ? [...rosters(explained, reason), ...minimumWageSources(explained, reason)]
      : evidence(explained, reason),
  REVIEW_OPEN: flags,
  LATE_PAID: (explained, reason) => {
    const late = explained.ledger.months.filter(({ period }) => reason.periods?.includes(period));
    const charges = late.flatMap((month) => chargeSources(explained, month));
    return [...months(explained, reason), ...charges];
  },
  CLASS_UNCONFIRMED: (explained, reason) => {
    const { asOf } = explained.ledger;
    return [
      ...employer(explained, reason),
      ...classSources(explained, periodOf(asOf)),
      policySource(explained, 'unconfirmed-class-warning', asOf),
    ];
  },
  PLAN: (explained, { reference }) => [
    ...(reference === undefined ? [] : [factSource('plan', reference)]),
    policySource(explained, 'payment-plan', explained.ledger.asOf),
  ],
  DISPUTE: (explained, { reference }) => [
    ...(reference === undefined ? [] : [factSource('dispute', reference)]),
    policySource(explained, 'dispute', explained.ledger.asOf),
  ],
  REGULARISATION_OPEN: (_, { reference }) =>
    reference === undefined ? [] : [factSource('regularisation', reference)],
  STALE_DATA: employer,
  CLOSED: employer,
};
