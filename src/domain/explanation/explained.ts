import type { Cited } from '#src/domain/cited.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { type Language, percentText } from '#src/domain/language.ts';
import type { Ledger } from '#src/domain/ledger/ledger.ts';
import type { Ppm, Rupiah } from '#src/domain/money.ts';
import type { Law, PolicyName } from '#src/domain/parameters.ts';
import { policyText } from '#src/domain/policy-text.ts';
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
export function parameterSource(cited: Cited<unknown>, value: string): ParameterSource {
  const { parameter, article, title, certainty } = cited;
  return { parameter, value, article, title, certainty };
}

export function rateSource(rate: Cited<Ppm>, language: Language): ParameterSource {
  return parameterSource(rate, percentText(rate.value, language));
}

/** A decision of Patuh where the law leaves something open, as it holds on the day. */
export function policySource({ law, language }: Explained, name: PolicyName, day: Day): ParameterSource {
  const policy = law.policy(name, day);
  return parameterSource(policy, policyText(policy.value, language));
}

/** For how long evidence of the day counts. */
export function termSource({ law, language }: Explained, observedOn: Day): ParameterSource {
  const term = law.quantity('evidence-term', observedOn);
  return parameterSource(term, `${term.value} ${language === 'id' ? 'bulan' : 'months'}`);
}

/** The rate of the late charge of a month, where there is one. */
export function chargeSources(
  { law, language }: Explained,
  { period, lateCharge }: { period: Period; lateCharge: Rupiah },
): ParameterSource[] {
  return lateCharge > 0 ? [rateSource(law.at(period).lateCharge, language)] : [];
}

/** Stands where a row of sums has none. */
export const BLANK: Cell = { text: '' };

/** Each source once, in order. */
export function unique<S extends Source>(sources: readonly S[]): S[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
