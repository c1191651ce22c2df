import { z } from 'zod';
import { ACTIONS, PURPOSES, SERVICES } from '#src/domain/check-policy.ts';
import { addDays } from '#src/domain/civil.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import type { Language } from '#src/domain/language.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { reasonArticle } from '#src/domain/verdict/reason-text.ts';
import { DayOut, PeriodOut } from '#src/http/fields.ts';
import { type LawParameter, type LoadedLaw, spansOf } from '#src/law/index.ts';
import {
  Article,
  Certainty,
  MonthOrDay,
  ParameterName,
  ParameterValue,
  Source,
  sourced,
  ValueText,
  valueView,
} from './parameter-fields.ts';

/** An object with a field of each name. */
function each<const N extends string, S extends z.ZodType>(names: readonly N[], schema: S) {
  return z.object(Object.fromEntries(names.map((name) => [name, schema])) as Record<N, S>);
}

const UNTIL = 'Eve of the next value; null where none follows';

const Parameter = z
  .object({
    id: z.string().max(200),
    ...ParameterName,
    payer: z.enum(['employer', 'worker', 'none']),
    introduced: MonthOrDay.optional().meta({
      description: 'Where the parameter begins later than July 2015',
    }),
    confirmedUntil: PeriodOut.optional().meta({
      description:
        'Last month for which the last value is published or entered; after it nothing is computed from it, though the law has set no end',
    }),
    values: z
      .array(
        z.object({
          from: MonthOrDay,
          until: MonthOrDay.nullable().meta({ description: UNTIL }),
          value: ParameterValue.optional(),
          text: ValueText.optional(),
          ended: z.literal(true).optional().meta({ description: 'Nothing holds from then on' }),
          article: Article,
          source: Source,
        }),
      )
      .max(1000),
  })
  .meta({ id: 'LawParameter' });

const Names = z.array(z.object({ on: z.string().max(10), name: z.string().max(300) })).max(400);

const Holidays = z
  .object({
    years: z
      .array(
        z.object({
          year: z.string().max(4),
          nationalHolidays: Names,
          collectiveLeave: Names.meta({ description: 'Cuti bersama' }),
          article: Article,
          source: Source,
        }),
      )
      .max(200),
    otherYears: z
      .object({ nationalHolidays: Names, article: Article, source: Source })
      .meta({ description: 'Of every year whose decree is not entered: `MM-DD`' }),
  })
  .meta({ id: 'Holidays' });

const Purposes = z.array(z.enum(PURPOSES)).max(20);
const Actions = each(PURPOSES, each(STATUSES, z.enum(ACTIONS)));

const CheckPolicy = z
  .object({
    from: DayOut,
    until: DayOut.nullable().meta({ description: UNTIL }),
    actions: Actions,
    actionsInArrears: Actions,
    flagHolds: each(FLAG_KINDS, Purposes),
    serviceHolds: each(SERVICES, Purposes),
    article: Article,
    source: Source,
  })
  .meta({ id: 'CheckPolicy', description: 'What a check tells its caller to do' });

export const Ruleset = z
  .object({
    version: z.string().max(100),
    parameters: z.array(Parameter).max(2000),
    holidays: Holidays,
    reasons: z
      .array(
        z.object({
          code: z.enum(REASON_CODES),
          title: z.string().max(300),
          article: Article,
          status: Certainty,
        }),
      )
      .max(100),
    checkPolicies: z.array(CheckPolicy).max(1000),
  })
  .meta({ id: 'Ruleset' });

/** What the policies that are no parameters are about. */
const HOLIDAYS = { id: 'Hari libur setiap tahun', en: 'Holidays of every year' };
const ACTION = { id: 'Tindakan atas pemeriksaan', en: 'Action of a check' };

/** A ruleset as it goes out. */
export function rulesetView(law: LoadedLaw, language: Language): z.input<typeof Ruleset> {
  const { version, parameters, holidayYears, fixedHolidays, reasons, checkPolicies } = law;
  return {
    version,
    parameters: parameters.map((parameter) => parameterView(parameter, language)),
    holidays: {
      years: holidayYears.map(({ year, nationalHolidays, collectiveLeave, basis }) => ({
        year,
        nationalHolidays: named(nationalHolidays),
        collectiveLeave: named(collectiveLeave),
        ...sourced(basis, language),
      })),
      otherYears: {
        nationalHolidays: named(fixedHolidays.nationalHolidays),
        ...sourced(fixedHolidays.basis, language, HOLIDAYS),
      },
    },
    reasons: REASON_CODES.map((code) => {
      const { title, status } = reasons[code];
      return { code, title: title[language], article: reasonArticle(law, code, language), status };
    }),
    checkPolicies: checkPolicies.map(({ from, basis, policy }, index) => {
      const next = checkPolicies[index + 1]?.from;
      const { actions, actionsInArrears, flagHolds, serviceHolds } = policy;
      return {
        from,
        until: next === undefined ? null : addDays(next, -1),
        actions,
        actionsInArrears,
        flagHolds: listed(flagHolds),
        serviceHolds: listed(serviceHolds),
        ...sourced(basis, language, ACTION),
      };
    }),
  };
}

function parameterView(parameter: LawParameter, language: Language): z.input<typeof Parameter> {
  const { id, title, unit, payer, introduced, confirmedUntil } = parameter;
  return {
    id,
    title: title[language],
    unit,
    payer,
    ...(introduced !== undefined && { introduced }),
    ...(confirmedUntil !== undefined && { confirmedUntil }),
    values: spansOf(parameter).map(({ entry, until }) => ({
      from: entry.from,
      until: until ?? null,
      ...(entry.repealed ? { ended: true } : valueView(parameter, entry.value, language)),
      ...sourced(entry.basis, language, title),
    })),
  };
}

function named(days: Readonly<Record<string, string>>): z.input<typeof Names> {
  return Object.entries(days)
    .map(([on, name]) => ({ on, name }))
    .sort((a, b) => (a.on < b.on ? -1 : 1));
}

function listed<K extends string, T>(lists: Readonly<Record<K, readonly T[]>>): Record<K, T[]> {
  return Object.fromEntries(
    Object.entries<readonly T[]>(lists).map(([name, list]) => [name, [...list]]),
  ) as Record<K, T[]>;
}
