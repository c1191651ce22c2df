import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { isPeriod, monthsAfter, onDay } from '#src/domain/civil.ts';
import { factsKnownAt } from '#src/domain/facts.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import { percentOfPpm } from '#src/domain/money.ts';
import { parseNik } from '#src/domain/nik.ts';
import {
  BPU_SECTORS,
  JKK_CLASSES,
  JP_CEILING,
  LABOUR_INTENSIVE_INDUSTRIES,
  ParameterNotPublished,
  PROGRAMMES,
  SCALES,
  SECTORS,
} from '#src/domain/parameters.ts';
import { administrativeFine } from '#src/domain/rules/administrative-fine.ts';
import { assessInformalWorker, BPU_PROGRAMMES } from '#src/domain/rules/bpu.ts';
import { assessProject } from '#src/domain/rules/construction.ts';
import { assessWorker, totalsOf } from '#src/domain/rules/contributions.ts';
import { isWeekend } from '#src/domain/rules/due-day.ts';
import { allocationOf, jkpEligible, recompositionOf } from '#src/domain/rules/jkp.ts';
import { nextJpCeiling } from '#src/domain/rules/jp-ceiling.ts';
import { lateCharge } from '#src/domain/rules/late-charge.ts';
import { averagedWage, monthlyWageOfDaily } from '#src/domain/rules/monthly-wage.ts';
import { EMPLOYMENT_TYPES, missingProgrammes, pensionable } from '#src/domain/rules/obligations.ts';
import { maskOf, programmesOf } from '#src/domain/rules/programme-mask.ts';
import { isInForce, RELIEFS, underReliefs } from '#src/domain/rules/relief.ts';
import { changeReportDueOn, registrationDueOn } from '#src/domain/rules/reporting-duty.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import { scaleBy } from '#src/domain/rules/scale.ts';
import { loadLaw, valueOn } from '#src/law/index.ts';

const FOLDER = new URL('../cases/', import.meta.url);

const CaseFile = z.strictObject({
  rule: z.string(),
  cases: z
    .array(
      z.strictObject({
        id: z.string(),
        title: z.coerce.string(),
        period: z.string().refine(isPeriod),
        facts: z.unknown(),
        expected: z.unknown(),
        source: z.string().min(1),
      }),
    )
    .min(1),
});
type LawCase = z.infer<typeof CaseFile>['cases'][number];

const Reliefs = z.array(z.enum(RELIEFS)).default([]);
const Wage = z.strictObject({
  wage: z.int(),
  jkkClass: z.enum(JKK_CLASSES).default('I'),
  programmes: z.array(z.enum(PROGRAMMES)),
  reliefs: Reliefs,
});
const Informal = z.strictObject({
  income: z.int(),
  programmes: z.array(z.enum(BPU_PROGRAMMES)).default(['JKK', 'JKM']),
  sector: z.enum(BPU_SECTORS).default('other'),
  governmentPaid: z.boolean().default(false),
});
const ProjectFacts = z.union([
  z.strictObject({ contractValueExclVat: z.int() }),
  z.strictObject({ monthlyWages: z.int() }),
]);
const Recomposed = z.strictObject({
  wage: z.int(),
  jkkClass: z.enum(JKK_CLASSES),
  enrolled: z.boolean(),
  arrearsAtPromulgation: z.boolean().default(false),
  reliefs: Reliefs,
});
const Candidate = z.strictObject({
  scale: z.enum(SCALES),
  programmes: z.array(z.enum(PROGRAMMES)),
  birthDate: z.string().default('1990-05-17'),
  registeredOn: z.string().default('2020-01-01'),
  citizenship: z.string().default('ID'),
});
const WageBase = z.union([
  z.strictObject({ daily: z.int(), programme: z.enum(['JKK', 'JKM', 'JHT']) }),
  z.strictObject({ pieceRate: z.array(z.int()) }),
  z.strictObject({ weather: z.array(z.int()) }),
]);
const Enrolled = z.strictObject({
  scale: z.enum(SCALES),
  programmes: z.array(z.enum(PROGRAMMES)),
  sector: z.enum(SECTORS).default('general'),
  employmentType: z.enum(EMPLOYMENT_TYPES).optional(),
  birthDate: z.string().default('1990-01-01'),
  citizenship: z.string().optional(),
});

const law = loadLaw();

const RULES: Record<string, (lawCase: LawCase) => void> = {
  contributions({ period, facts, expected }) {
    const { jkkClass, programmes, wage, reliefs } = Wage.parse(facts);
    const parameters = underReliefs(law.at(period), reliefs);
    const contributions = assessWorker(parameters, jkkClass, programmes, wage);
    expect(Object.keys(contributions)).toEqual(programmes);
    expect({ ...contributions, totals: totalsOf(contributions) }).toMatchObject(expected as object);
  },

  obligations({ period, facts, expected }) {
    const { programmes, ...worker } = Enrolled.parse(facts);
    const missing = (mask: number) => programmesOf(missingProgrammes(law.at(period), worker, mask));
    expect({ obligatory: missing(0), missing: missing(maskOf(programmes)) }).toEqual(expected);
  },

  'jp-ceiling'({ period, facts, expected }) {
    const { previous, growth } = z.strictObject({ previous: z.int(), growth: z.string() }).parse(facts);
    expect(nextJpCeiling(previous, growth)).toBe(expected);
    expect(law.at(period).jpCeiling?.value).toBe(expected);
    const parameter = law.parameters.find(({ id }) => id === `${JP_CEILING}-growth`)!;
    expect(valueOn(parameter, onDay(period, 1))?.value).toBe(growth);
  },

  unpublished({ period, facts, expected }) {
    const { jkkClass, programmes, wage } = Wage.parse(facts);
    expect(law.at(period).jpCeiling).toBeUndefined();
    const assess = () => assessWorker(law.at(period), jkkClass, programmes, wage);
    expect(assess).toThrow(ParameterNotPublished);
    expect(assess).toThrow(expect.objectContaining(expected as object));
  },

  'late-charge'({ period, facts, expected }) {
    const { outstanding, months } = z.strictObject({ outstanding: z.int(), months: z.int() }).parse(facts);
    expect(lateCharge(outstanding, months, law.at(period).lateCharge.value)).toBe(expected);
  },

  'months-late'({ period, facts, expected }) {
    const { paidOn } = z.strictObject({ paidOn: z.string() }).parse(facts);
    expect(monthsAfter(law.at(period).dueOn, paidOn)).toBe(expected);
  },

  'due-day'({ period, facts, expected }) {
    const { segment, provisional } = z
      .strictObject({
        segment: z.enum(['wage earners', 'bpu', 'construction']).default('wage earners'),
        provisional: z.boolean().default(false),
      })
      .parse(facts);
    const parameters = law.at(period);
    const due = segment === 'wage earners' ? parameters : parameters[segment];
    expect(due).toMatchObject({ dueOn: expected, calendarProvisional: provisional });
  },

  bpu({ period, facts, expected }) {
    const contributions = assessInformalWorker(law.at(period), Informal.parse(facts));
    const { employer, bill } = totalsOf(contributions);
    expect(employer).toBe(0);
    expect({
      ...Object.fromEntries(Object.entries(contributions).map(([name, { worker }]) => [name, worker])),
      base: Object.values(contributions)[0]!.base,
      total: bill,
    }).toMatchObject(expected as object);
  },

  construction({ period, facts, expected }) {
    const { JKK, JKM } = assessProject(law.at(period), ProjectFacts.parse(facts));
    const amounts = { JKK: JKK!.employer, JKM: JKM!.employer, total: JKK!.employer + JKM!.employer };
    expect(amounts).toMatchObject(expected as object);
  },

  'jkp-allocation'({ period, facts, expected }) {
    const { wage, jkkClass, reliefs, ...jkp } = Recomposed.parse(facts);
    const parameters = underReliefs(law.at(period), reliefs);
    const billed = assessWorker(parameters, jkkClass, ['JKK', 'JKM', 'JHT'], wage);
    const allocation = allocationOf(billed, recompositionOf(parameters, billed, wage, jkp));
    const amounts = { JKK: billed.JKK!.employer, JKM: billed.JKM!.employer };
    expect({ billed: amounts, allocation }).toMatchObject(expected as object);
  },

  'jkp-eligible'({ period, facts, expected }) {
    expect(jkpEligible(law.at(period), Candidate.parse(facts))).toBe(expected);
  },

  'relief-rates'({ period, facts, expected }) {
    const { relief } = z.strictObject({ relief: z.enum(RELIEFS) }).parse(facts);
    const parameters = law.at(period);
    if (expected === 'not in force') {
      expect(isInForce(parameters, relief)).toBe(false);
      return;
    }
    const { jkk } = underReliefs(parameters, [relief]);
    const rates = JKK_CLASSES.map((name) => [name, percentOfPpm(jkk[name].value)]);
    expect(Object.fromEntries(rates)).toMatchObject(expected as object);
  },

  'relief-headcount'({ period, facts, expected }) {
    const { workers, industry } = z
      .strictObject({ workers: z.int(), industry: z.enum(LABOUR_INTENSIVE_INDUSTRIES).optional() })
      .parse(facts);
    const line = { wage: 3_000_000, programmes: 3, birthDate: '1990-01-01', citizenship: 'ID' };
    const declared = rosterSums(law, period, Array<typeof line>(workers).fill(line));
    const recordedAt = '2024-12-01T05:00:00.000Z';
    const attributes = {
      legalName: 'PT Garmen',
      kind: 'private' as const,
      scale: 'medium' as const,
      sector: 'general' as const,
      regionCode: '34.01',
      ...(industry && { labourIntensiveIndustry: industry }),
    };
    const known = factsKnownAt(
      {
        employerId: '019a0000-0000-7000-8000-000000000001',
        changes: [{ recordedAt, attributes }],
        declarations: [{ id: 'declaration', period, recordedAt, ...declared }],
        payments: [],
        reversals: [],
        flags: [],
        suspensions: [],
        evidence: [],
        sanctions: [],
        inspections: [],
        minimumWages: [],
      },
      '9999',
    )!;
    const [month] = ledgerOf(known, law, law.at(period).dueOn).months;
    expect(month).toMatchObject({ period, relieved: expected, due: workers * (expected ? 12_600 : 16_200) });
  },

  'administrative-fine'({ period, facts, expected }) {
    const { due, months } = z.strictObject({ due: z.int(), months: z.int() }).parse(facts);
    expect(administrativeFine(due, months, law.sanctionTerms(onDay(period, 1)).fine.value)).toBe(expected);
  },

  reporting({ facts, expected }) {
    const { changedOn, reportedOn, weekendsOnly } = z
      .strictObject({
        changedOn: z.string(),
        reportedOn: z.string(),
        weekendsOnly: z.boolean().default(false),
      })
      .parse(facts);
    const calendar = weekendsOnly
      ? { ...law.calendar, isWorkingDay: (day: string) => !isWeekend(day) }
      : law.calendar;
    const dueOn = changeReportDueOn(changedOn, law.reportingTerms(changedOn), calendar);
    expect(reportedOn <= dueOn ? 'in time' : 'late').toBe(expected);
  },

  registration({ facts, expected }) {
    const { firstWorkingDay, programme, registeredOn } = z
      .strictObject({
        firstWorkingDay: z.string(),
        programme: z.enum(PROGRAMMES),
        registeredOn: z.string().optional(),
      })
      .parse(facts);
    const dueOn = registrationDueOn(firstWorkingDay, law.reportingTerms(firstWorkingDay), programme);
    if (registeredOn === undefined) expect(dueOn).toBe(expected);
    else expect(registeredOn <= dueOn ? 'in time' : 'late').toBe(expected);
  },

  scale({ period, facts, expected }) {
    const measured = z.partialRecord(z.enum(['assets', 'sales']), z.int()).parse(facts);
    const [measure, amount] = Object.entries(measured)[0] as ['assets' | 'sales', number];
    expect(scaleBy(law.scaleLimits(onDay(period, 1)).value, measure, amount)).toBe(expected);
  },

  'monthly-wage'({ period, facts, expected }) {
    const given = WageBase.parse(facts);
    const parameters = law.at(period);
    if ('daily' in given) expect(monthlyWageOfDaily(parameters, given.programme, given.daily)).toBe(expected);
    else if ('weather' in given) expect(averagedWage(parameters, 'weather', given.weather)).toBe(expected);
    else expect(averagedWage(parameters, 'pieceRate', given.pieceRate)).toBe(expected);
  },

  nik({ facts, expected }) {
    const { nik } = z.strictObject({ nik: z.string() }).parse(facts);
    const parsed = parseNik(nik);
    expect(
      parsed.ok
        ? {
            province: nik.slice(0, 2),
            regency: `${nik.slice(0, 2)}.${nik.slice(2, 4)}`,
            birth: parsed.birthDates[0],
            sex: parsed.sex === 'F' ? 'female' : 'male',
            serial: nik.slice(12),
          }
        : { valid: false, reason: parsed.code },
    ).toEqual(expected);
  },

  'retirement-age'({ period, facts, expected }) {
    const { birthDate } = z.strictObject({ birthDate: z.string().optional() }).parse(facts);
    const parameters = law.at(period);
    if (birthDate === undefined) expect(parameters.jpRetirementAge.value).toBe(expected);
    else expect(pensionable(parameters, { birthDate }) ? 'in JP' : 'retired').toBe(expected);
  },
};

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
const read = files.map((file) => CaseFile.parse(parse(readFileSync(new URL(file, FOLDER), 'utf8'))));

describe.each(read)('$rule', ({ rule, cases }) => {
  test.each(cases)('$id $title', (lawCase) => {
    const check = RULES[rule];
    if (!check) throw new Error(`no such rule: ${rule}`);
    check(lawCase);
  });
});

test('every rule has cases', () => {
  expect(new Set(read.map(({ rule }) => rule))).toEqual(new Set(Object.keys(RULES)));
});
