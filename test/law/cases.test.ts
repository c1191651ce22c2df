import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { isPeriod } from '#src/domain/civil.ts';
import { assessWorker, totalsOf } from '#src/domain/contributions.ts';
import { nextJpCeiling } from '#src/domain/jp-ceiling.ts';
import { lateCharge } from '#src/domain/late-charge.ts';
import { missingProgrammes } from '#src/domain/obligations.ts';
import { JKK_CLASSES, ParameterNotPublished, PROGRAMMES, SCALES } from '#src/domain/parameters.ts';
import { maskOf, programmesOf } from '#src/domain/programme-mask.ts';
import { loadLaw } from '#src/law/index.ts';

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

const Wage = z.strictObject({
  wage: z.int(),
  jkkClass: z.enum(JKK_CLASSES).default('I'),
  programmes: z.array(z.enum(PROGRAMMES)),
});
const Enrolled = z.strictObject({ scale: z.enum(SCALES), programmes: z.array(z.enum(PROGRAMMES)) });

const law = loadLaw();

const RULES: Record<string, (lawCase: LawCase) => void> = {
  contributions({ period, facts, expected }) {
    const { jkkClass, programmes, wage } = Wage.parse(facts);
    const contributions = assessWorker(law.at(period), jkkClass, programmes, wage);
    expect(Object.keys(contributions)).toEqual(programmes);
    expect({ ...contributions, totals: totalsOf(contributions) }).toMatchObject(expected as object);
  },

  obligations({ period, facts, expected }) {
    const { scale, programmes } = Enrolled.parse(facts);
    const worker = { scale, sector: 'general', birthDate: '1990-01-01' } as const;
    const missing = (mask: number) => programmesOf(missingProgrammes(law.at(period), worker, mask));
    expect({ obligatory: missing(0), missing: missing(maskOf(programmes)) }).toEqual(expected);
  },

  'jp-ceiling'({ period, facts, expected }) {
    const { previous, growth } = z.strictObject({ previous: z.int(), growth: z.string() }).parse(facts);
    expect(nextJpCeiling(previous, growth)).toBe(expected);
    expect(law.at(period).jpCeiling?.value).toBe(expected);
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

  'due-day'({ period, expected }) {
    expect(law.at(period)).toMatchObject({ dueOn: expected, calendarProvisional: false });
  },

  'retirement-age'({ period, expected }) {
    expect(law.at(period).jpRetirementAge.value).toBe(expected);
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
