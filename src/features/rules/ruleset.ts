import { z } from 'zod';
import type { Language } from '#src/domain/language.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { reasonArticle } from '#src/domain/verdict/reason-text.ts';
import { PeriodOut } from '#src/http/fields.ts';
import { type LawParameter, type LoadedLaw, spansOf } from '#src/law/index.ts';
import {
  Article,
  Certainty,
  MonthOrDay,
  ParameterName,
  ParameterValue,
  Source,
  sourced,
  UNTIL,
  ValueText,
  valueView,
} from './parameter-fields.ts';
import { CheckPolicy, PlacementPolicy, policiesView } from './policies.ts';

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
    placementPolicies: z.array(PlacementPolicy).max(1000),
  })
  .meta({ id: 'Ruleset' });

/** What the holidays of every year are called. */
const HOLIDAYS = { id: 'Hari libur setiap tahun', en: 'Holidays of every year' };

/** A ruleset as it goes out. */
export function rulesetView(law: LoadedLaw, language: Language): z.input<typeof Ruleset> {
  const { version, parameters, holidayYears, fixedHolidays, reasons } = law;
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
    ...policiesView(law, language),
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
