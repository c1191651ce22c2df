import { certaintyLegend, certaintyText } from '#src/domain/certainty.ts';
import type { Instant } from '#src/domain/civil.ts';
import { articleText, type Language } from '#src/domain/language.ts';
import { type Explained, unique } from './explained.ts';
import { minimumWageId } from './explained-minimum-wage.ts';
import {
  type Block,
  type Cell,
  type FactSource,
  factText,
  type ParameterSource,
  sourcesOf,
} from './letter.ts';

const WORDS = {
  id: {
    heading: 'Dasar seluruhnya',
    parameters: 'Parameter yang dipakai',
    parameterColumns: ['Parameter', 'Nilai', 'Pasal', 'Kepastian'],
    ruleset: (version: string) =>
      `Setiap parameter beserta sumbernya dapat dibaca di /v1/rulesets/${version}.`,
    facts: 'Fakta yang dipakai',
    factColumns: ['Fakta', 'Id', 'Dicatat pada (UTC)'],
  },
  en: {
    heading: 'All that this rests on',
    parameters: 'Parameters used',
    parameterColumns: ['Parameter', 'Value', 'Article', 'Certainty'],
    ruleset: (version: string) => `Each parameter can be read with its source at /v1/rulesets/${version}.`,
    facts: 'Facts used',
    factColumns: ['Fact', 'Id', 'Recorded at (UTC)'],
  },
} satisfies Record<Language, object>;

/** The parameters and facts that the blocks rest on, each once: whatever is named there stands here. */
export function sourceBlocks(explained: Explained, blocks: readonly Block[]): Block[] {
  const { language, verdict } = explained;
  const words = WORDS[language];
  const sources = unique(sourcesOf(blocks));
  const used = sources
    .filter((source): source is ParameterSource => 'parameter' in source)
    .sort((a, b) => (a.parameter < b.parameter ? -1 : a.parameter > b.parameter ? 1 : 0));
  const parameters = used.map(({ parameter, value, article, title, certainty }): Cell[] => [
    { text: parameter },
    { text: value },
    { text: articleText(article, language, title) },
    { text: certaintyText(certainty, language) },
  ]);
  const legend = certaintyLegend(
    used.map(({ certainty }) => certainty),
    language,
  );
  const recordings = recordingsOf(explained);
  const facts = sources
    .filter((source): source is FactSource => 'fact' in source)
    .map(({ fact, id }): Cell[] => [
      { text: factText(fact, language) },
      { text: id },
      { text: recordings.get(id) ?? '–' },
    ]);
  return [
    { kind: 'heading', level: 2, text: words.heading },
    ...(parameters.length > 0
      ? [
          {
            kind: 'table',
            caption: words.parameters,
            columns: words.parameterColumns,
            rows: parameters,
          } as const,
          { kind: 'list', items: legend } as const,
        ]
      : []),
    { kind: 'paragraph', text: words.ruleset(verdict.rulesetVersion) },
    { kind: 'table', caption: words.facts, columns: words.factColumns, rows: facts },
  ];
}

function recordingsOf({ facts }: Explained): Map<string, Instant> {
  const recorded = [
    ...facts.declarations,
    ...facts.payments,
    ...facts.flags,
    ...facts.suspensions,
    ...facts.evidence,
    ...facts.minimumWages.map((wage) => ({ id: minimumWageId(wage), recordedAt: wage.recordedAt })),
  ];
  return new Map(recorded.map(({ id, recordedAt }) => [id, recordedAt]));
}
