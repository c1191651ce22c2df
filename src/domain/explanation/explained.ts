import type { Facts } from '#src/domain/facts.ts';
import { type Language, percentText } from '#src/domain/language.ts';
import type { Ledger } from '#src/domain/ledger/ledger.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { Cited, Law, PeriodParameters } from '#src/domain/parameters.ts';
import type { Verdict } from '#src/domain/verdict/verdict-document.ts';
import type { Cell, FactKind, FactSource, ParameterSource, Source, Table } from './letter.ts';

/** What is explained, to whom: a verdict with the facts, the law and the ledger that it rests on. */
export type Explained = { facts: Facts; law: Law; language: Language; ledger: Ledger; verdict: Verdict };

const HEADINGS: Record<Language, readonly string[]> = {
  id: ['Hal', 'Keterangan', 'Dasar'],
  en: ['What', 'Value', 'Rests on'],
};

/** Something that is stated, and what it rests on. */
export type Statement = readonly [what: string, value: Cell, sources: readonly Source[]];

/** A table of single statements, each with what it rests on. */
export function statements(language: Language, caption: string, said: readonly Statement[]): Table {
  const rows = said.map(([what, value, sources]): Cell[] => [{ text: what }, value, { sources }]);
  return { kind: 'table', caption, columns: HEADINGS[language], rows };
}

export function factSource(fact: FactKind, id: string): FactSource {
  return { fact, id };
}

/** A parameter as a source; `value` is what it is, in the reader's language. */
export function parameterSource({ parameter, article }: Cited<unknown>, value: string): ParameterSource {
  return { parameter, value, article };
}

export function rateSource(rate: Cited<Ppm>, language: Language): ParameterSource {
  return parameterSource(rate, percentText(rate.value, language));
}

/** What the late charge of a month rests on, where there is one. */
export function chargeSources(
  { lateCharge }: PeriodParameters,
  month: { lateCharge: Rupiah },
  language: Language,
): ParameterSource[] {
  return month.lateCharge > 0 ? [rateSource(lateCharge, language)] : [];
}

export function dueSource({ dueRule }: PeriodParameters, language: Language): ParameterSource {
  return parameterSource(dueRule, `${language === 'id' ? 'tanggal' : 'day'} ${dueRule.value.day}`);
}

/** Stands where a row of sums has none. */
export const BLANK: Cell = { text: '' };

/** Each source once, in order. */
export function unique<S extends Source>(sources: readonly S[]): S[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
