import type { Certainty } from '#src/domain/certainty.ts';
import type { Day } from '#src/domain/civil.ts';
import { articleText, dayText, type Language, percentText, rupiahText } from '#src/domain/language.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';

/** A fact that a letter can rest on; of an employer, what the registry holds of it. */
export type FactKind =
  | 'employer'
  | 'declaration'
  | 'payment'
  | 'flag'
  | 'sanction'
  | 'plan'
  | 'dispute'
  | 'regularisation'
  | 'evidence'
  | 'minimum_wage';

export type FactSource = { fact: FactKind; id: string };

/** A parameter of law, or a calendar of holidays, with its value as people read it. */
export type ParameterSource = {
  parameter: string;
  value: string;
  article: string;
  title: Record<Language, string>;
  certainty: Certainty;
};

/** What a number rests on. */
export type Source = FactSource | ParameterSource;

/** What stands in one place of a table. */
export type Cell =
  | { text: string }
  | { amount: Rupiah }
  | { rate: Ppm }
  | { count: number }
  | { day: Day }
  | { sources: readonly Source[] };

export type Table = {
  kind: 'table';
  caption: string;
  columns: readonly string[];
  /** At least one, of as many cells as there are columns; the first says what the row is about. */
  rows: readonly (readonly Cell[])[];
  /** Sums of the columns whose cell is an amount. */
  total?: readonly Cell[];
};

export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | Table;

/** A document that can be sent to somebody: what it says, without markup. */
export type Letter = { language: Language; title: string; blocks: readonly Block[] };

const FACTS: Record<FactKind, Record<Language, string>> = {
  employer: { id: 'data pemberi kerja', en: 'employer record' },
  declaration: { id: 'laporan', en: 'declaration' },
  payment: { id: 'pembayaran', en: 'payment' },
  flag: { id: 'penandaan', en: 'flag' },
  sanction: { id: 'sanksi', en: 'sanction' },
  plan: { id: 'rencana pembayaran', en: 'payment plan' },
  dispute: { id: 'sengketa', en: 'dispute' },
  regularisation: { id: 'undangan perbaikan', en: 'invitation' },
  evidence: { id: 'bukti', en: 'evidence' },
  minimum_wage: { id: 'upah minimum', en: 'minimum wage' },
};

export function factText(kind: FactKind, language: Language): string {
  return FACTS[kind][language];
}

/** What a cell says, a line for each source. */
export function cellLines(cell: Cell, language: Language): string[] {
  if ('text' in cell) return [cell.text];
  if ('amount' in cell) return [rupiahText(cell.amount, language)];
  if ('rate' in cell) return [percentText(cell.rate, language)];
  if ('count' in cell) return [String(cell.count)];
  if ('day' in cell) return [dayText(cell.day, language)];
  return cell.sources.map((source) => sourceText(source, language));
}

function sourceText(source: Source, language: Language): string {
  if ('fact' in source) return `${factText(source.fact, language)} ${source.id}`;
  return `${articleText(source.article, language, source.title)}, parameter ${source.parameter}`;
}

/** Whether a column holds numbers only. */
export function isNumeric({ rows }: Table, column: number): boolean {
  return rows.every((row) => ['amount', 'rate', 'count'].some((kind) => kind in row[column]!));
}

/** All that the tables of these blocks rest on, in order. */
export function sourcesOf(blocks: readonly Block[]): Source[] {
  const cells = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
  return cells.flatMap((cell) => ('sources' in cell ? cell.sources : []));
}
