import { onDay, type Period } from '#src/domain/civil.ts';
import { dueRuleText } from '#src/domain/due-day-text.ts';
import { industriesText } from '#src/domain/industry-text.ts';
import { type Language, periodText, rupiahText } from '#src/domain/language.ts';
import { classFor } from '#src/domain/ledger/class-on-file.ts';
import { isCharged, type LedgerMonth, sharesOfMonth } from '#src/domain/ledger/ledger.ts';
import { type PolicyName, PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import { type ProgrammeRates, ratesOf } from '#src/domain/rules/contributions.ts';
import { daysToDue, isWeekend } from '#src/domain/rules/due-day.ts';
import { underReliefs } from '#src/domain/rules/relief.ts';
import {
  chargeSources,
  type Explained,
  parameterSource,
  policySource,
  rateSource,
  unique,
} from './explained.ts';
import type { ParameterSource } from './letter.ts';

const NO: Record<Language, string> = { id: 'tidak', en: 'no' };
const YES: Record<Language, string> = { id: 'ya', en: 'yes' };

/** All parameters that the contribution of a month, its payment and its late charge rest on. */
export function monthRules(explained: Explained, month: LedgerMonth): ParameterSource[] {
  const { facts, law } = explained;
  const { period } = month;
  const policy = (name: PolicyName) => policySource(explained, name, onDay(period, 1));
  const shares = sharesOfMonth(facts, law, month);
  const rates = ratesOfMonth(explained, month);
  return unique([
    ...(month.presumed ? [policy('undeclared-month')] : []),
    ...(shares.JKK ? classSources(explained, period) : []),
    ...(month.relieved ? reliefSources(explained, period) : []),
    ...PROGRAMMES.flatMap((programme) =>
      shares[programme] ? rateSources(rates[programme], explained.language) : [],
    ),
    ...(shares.JP ? ceilingSources(explained, period) : []),
    policy('rounding'),
    ...dueSources(explained, period),
    ...(month.parts.length > 0 ? [policy('payment-order')] : []),
    ...(month.monthsLate > 0 && !isCharged(facts, law.at(period)) ? freedSources(explained, period) : []),
    ...(month.monthsLate > 0 ? [policy('part-month')] : []),
    ...chargeSources(explained, month),
    ...(month.lateCharge > 0 ? [policy('late-charge-on')] : []),
  ]);
}

/** The rates that a month is billed at. */
export function ratesOfMonth(
  { facts, law }: Explained,
  { period, relieved }: LedgerMonth,
): Record<Programme, ProgrammeRates> {
  const parameters = law.at(period);
  const { jkkClass } = classFor(facts, law, period);
  return ratesOf(relieved ? underReliefs(parameters, ['PP7/2025']) : parameters, jkkClass);
}

function rateSources({ employer, worker, partPaid }: ProgrammeRates, language: Language): ParameterSource[] {
  return [employer, ...(worker ? [worker] : []), ...(partPaid ? [partPaid] : [])].map((rate) =>
    rateSource(rate, language),
  );
}

/** What the class of a month rests on where none is on file for it: only a division with a default suggests one. */
export function classSources(explained: Explained, period: Period): ParameterSource[] {
  const { facts, law } = explained;
  const { jkkClass, origin } = classFor(facts, law, period);
  if (origin !== 'inferred') return [];
  const policy = policySource(explained, 'class-without-decision', onDay(period, 1));
  if (!isIndicative(explained, period)) return [policy];
  return [policy, parameterSource(law.at(period).indicativeClass, jkkClass)];
}

/** Whether the class of a month is the one that the KBLI division suggests. */
export function isIndicative({ facts, law }: Explained, period: Period): boolean {
  const division = facts.employer.kbli?.code.slice(0, 2) ?? '';
  return !classFor(facts, law, period).onFile && law.at(period).indicativeClass.value.has(division);
}

/** What the relief of labour-intensive industry rests on. */
export function reliefSources(explained: Explained, period: Period): ParameterSource[] {
  const { law, language } = explained;
  const { fewestWorkers, industries, paidThrough } = law.at(period).labourIntensive!;
  return [
    parameterSource(industries, industriesText(industries.value, language)),
    parameterSource(fewestWorkers, String(fewestWorkers.value)),
    parameterSource(paidThrough, periodText(paidThrough.value, language)),
    policySource(explained, 'labour-intensive-arrears', onDay(period, 1)),
  ];
}

export function ceilingSources({ law, language }: Explained, period: Period): ParameterSource[] {
  const { jpCeiling } = law.at(period);
  return jpCeiling ? [parameterSource(jpCeiling, rupiahText(jpCeiling.value, language))] : [];
}

/** What the due day of a month rests on: its rule, and what it moved over or stays on. */
export function dueSources(explained: Explained, period: Period): ParameterSource[] {
  const { law, language } = explained;
  const { calendar } = law;
  const { dueRule, dueOn } = law.at(period);
  const moved = daysToDue(period, dueRule.value, calendar).slice(0, -1);
  const holidays = moved.flatMap((day) => calendar.holidayOn(day) ?? []);
  const weekends = moved.some((day) => isWeekend(day) && !calendar.holidayOn(day));
  const leave = calendar.workedLeaveOn(dueOn);
  return unique([
    parameterSource(dueRule, dueRuleText(dueRule.value, language)),
    ...holidays.map((holiday) => parameterSource(holiday, holiday.value)),
    ...(weekends ? [policySource(explained, 'working-week', onDay(period, 1))] : []),
    ...(leave ? [parameterSource(leave.rule, YES[language])] : []),
  ]);
}

/** Why a government employer is not charged. */
export function freedSources({ law, language }: Explained, period: Period): ParameterSource[] {
  return [parameterSource(law.at(period).governmentCharged, NO[language])];
}
