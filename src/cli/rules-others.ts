import { certaintyLegend, certaintyText } from '#src/domain/certainty.ts';
import { type CheckPolicy, PURPOSES } from '#src/domain/check-policy.ts';
import { articleText, dayText, type Language } from '#src/domain/language.ts';
import { PLACEMENT_FINDINGS, type PlacementPolicy } from '#src/domain/placements/placement-policy.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { reasonArticle } from '#src/domain/verdict/reason-text.ts';
import { statusText } from '#src/domain/verdict/status-text.ts';
import { citation, type HolidayYear, type LoadedLaw } from '#src/law/index.ts';
import { tableText } from './table.ts';

const WORDS = {
  id: {
    days: ['Hari', 'Nama', 'Jenis'],
    holiday: 'libur nasional',
    leave: 'cuti bersama',
    reasons: ['Alasan', 'Arti', 'Pasal', 'Kepastian'],
    actions: ['Tujuan', 'Status', 'Tindakan', 'Jika menunggak'],
    holds: ['Penandaan atau layanan', 'Menahan'],
    findings: ['Temuan', 'Tujuan', 'Tindakan', 'Pasal'],
    since: (day: string) => `Kebijakan pemeriksaan sejak ${day}`,
    sincePlacement: (day: string) => `Kebijakan pemeriksaan penempatan sejak ${day}`,
  },
  en: {
    days: ['Day', 'Name', 'Kind'],
    holiday: 'national holiday',
    leave: 'collective leave',
    reasons: ['Reason', 'Meaning', 'Article', 'Certainty'],
    actions: ['Purpose', 'Status', 'Action', 'In arrears'],
    holds: ['Flag or denied service', 'Holds'],
    findings: ['Finding', 'Purpose', 'Action', 'Article'],
    since: (day: string) => `Policy on checks since ${day}`,
    sincePlacement: (day: string) => `Policy on checks of placements since ${day}`,
  },
} satisfies Record<Language, object>;

const WIDE = 60;

/** What of the law is no parameter, by the word that it is asked for with. */
export const OTHER_RULES: Partial<Record<string, (law: LoadedLaw, language: Language) => string>> = {
  calendar: ({ holidayYears }, language) => holidayYears.map((year) => yearText(year, language)).join('\n'),
  reasons(law, language) {
    const { reasons } = law;
    const rows = REASON_CODES.map((code) => {
      const { title, status } = reasons[code];
      return [code, title[language], reasonArticle(law, code, language), certaintyText(status, language)];
    });
    const used = REASON_CODES.map((code) => reasons[code].status);
    return `${table(WORDS[language].reasons, rows)}\n${certaintyLegend(used, language).join('\n')}\n`;
  },
  'check-policy': ({ checkPolicies }, language) =>
    checkPolicies
      .map(({ from, policy }) => {
        const heading = WORDS[language].since(dayText(from, language));
        return `${heading}\n\n${policyText(policy, language)}`;
      })
      .join('\n'),
  'placement-policy': ({ placementPolicies }, language) =>
    placementPolicies
      .map(({ from, policy }) => {
        const heading = WORDS[language].sincePlacement(dayText(from, language));
        return `${heading}\n\n${findingsText(policy, language)}`;
      })
      .join('\n'),
};

function yearText(
  { year, nationalHolidays, collectiveLeave, basis }: HolidayYear,
  language: Language,
): string {
  const { days, holiday, leave } = WORDS[language];
  const rows = [
    ...Object.entries(nationalHolidays).map(([day, name]) => [day, name, holiday]),
    ...Object.entries(collectiveLeave).map(([day, name]) => [day, name, leave]),
  ].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return `${year}: ${articleText(citation(basis), language)}\n\n${table(days, rows)}`;
}

/** Purposes that are treated alike stand together. */
function policyText(policy: CheckPolicy, language: Language): string {
  const { actions, actionsInArrears, flagHolds, serviceHolds } = policy;
  const alike = Map.groupBy(PURPOSES, (purpose) =>
    JSON.stringify([actions[purpose], actionsInArrears[purpose]]),
  );
  const rows = [...alike.values()].flatMap((purposes) => {
    const [purpose] = purposes as [(typeof PURPOSES)[number]];
    return STATUSES.map((status, index) => [
      index === 0 ? purposes.join(', ') : '',
      statusText(status, language).name,
      actions[purpose][status],
      actionsInArrears[purpose][status],
    ]);
  });
  const holds = Object.entries({ ...flagHolds, ...serviceHolds }).map(([name, purposes]) => [
    name,
    purposes.join(', ') || '–',
  ]);
  return `${table(WORDS[language].actions, rows)}\n${table(WORDS[language].holds, holds)}`;
}

/** Purposes that are treated alike stand together. */
function findingsText({ actions, articles }: PlacementPolicy, language: Language): string {
  const rows = PLACEMENT_FINDINGS.flatMap((finding) => {
    const alike = Map.groupBy(PURPOSES, (purpose) => actions[finding][purpose]);
    const article = articles[finding];
    return [...alike].map(([action, purposes], index) => [
      index === 0 ? finding : '',
      purposes.join(', '),
      action,
      index === 0 && article !== undefined ? articleText(article, language) : '',
    ]);
  });
  return table(WORDS[language].findings, rows);
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableText(
    headings.map((heading) => ({ heading, width: WIDE })),
    rows,
  );
}
