import { z } from 'zod';
import { PURPOSES, type Purpose } from '#src/domain/check-policy.ts';
import { ppmOfPercent, type Rupiah } from '#src/domain/money.ts';
import {
  JKK_CLASSES,
  type JkkClass,
  LABOUR_INTENSIVE_INDUSTRIES,
  PROGRAMMES,
  SCALES,
} from '#src/domain/parameters.ts';
import type { DueRule } from '#src/domain/rules/due-day.ts';
import { countUpTo, Percentage, SignedPercentage, WholeNumber } from './amounts.ts';
import { TABLES } from './bands.ts';
import { DayText, PeriodText } from './basis.ts';
import { INSPECTION_WEIGHTS } from './weights.ts';

const ByPurpose = z.strictObject({
  general: WholeNumber,
  purposes: z.partialRecord(z.enum(PURPOSES), WholeNumber).optional(),
});

const DueDay = z.strictObject({
  day: WholeNumber.refine((day) => Number(day) >= 1 && Number(day) <= 31, 'must be a day of the month'),
  month: z.enum(['same', 'following']),
  otherwise: z.enum(['next_working_day', 'previous_working_day']),
});

const DivisionList = z
  .string()
  .regex(/^(?!00)\d\d(-\d\d)?( (?!00)\d\d(-\d\d)?)*$/, 'must be KBLI divisions like 46 64-66')
  .refine(
    (list) => list.split(' ').every((range) => divisionsOf(range).length > 0),
    'must have ranges upwards',
  );

const Divisions = z
  .partialRecord(z.enum(JKK_CLASSES), DivisionList)
  .refine((lists) => allDiffer(Object.values(lists).flatMap(divisionsOf)), 'must not name a division twice');

/** How a value is written in a file, and what it is read as. */
export const UNITS = {
  percent: unit(Percentage, ppmOfPercent),
  rupiah: unit(WholeNumber, Number),
  rupiah_by_purpose: unit(ByPurpose, amountByPurpose),
  years: unit(countUpTo(120), Number),
  months: unit(countUpTo(120), Number),
  days: unit(countUpTo(1_000), Number),
  working_days: unit(countUpTo(1_000), Number),
  workers: unit(countUpTo(100_000), Number),
  times: unit(countUpTo(100), Number),
  growth: unit(SignedPercentage, (percent) => percent),
  day: unit(DayText, (day) => day),
  period: unit(PeriodText, (period) => period),
  yes_no: unit(z.enum(['yes', 'no']), (word) => word === 'yes'),
  programmes: unit(
    z.array(z.enum(PROGRAMMES)).min(1).refine(allDiffer, 'must not name a programme twice'),
    (programmes) => programmes,
  ),
  industries: unit(
    z.array(z.enum(LABOUR_INTENSIVE_INDUSTRIES)).min(1).refine(allDiffer, 'must not name an industry twice'),
    (industries) => industries,
  ),
  scales: unit(
    z.array(z.enum(SCALES)).min(1).refine(allDiffer, 'must not name a scale twice'),
    (scales) => scales,
  ),
  due_day: unit(DueDay, (rule): DueRule => ({ ...rule, day: Number(rule.day) })),
  /** What a product decision chooses; which words there are depends on the parameter. */
  choice: unit(z.string(), (choice) => choice),
  class_by_division: unit(Divisions, classOfDivision),
  inspection_weights: INSPECTION_WEIGHTS,
  ...TABLES,
};
export type UnitName = keyof typeof UNITS;

/** What a value of the unit is read as. */
export type ReadAs<U extends UnitName> = ReturnType<(typeof UNITS)[U]['read']>;

function unit<Written, Read>(schema: z.ZodType<Written>, read: (written: Written) => Read) {
  return { schema, read };
}

function amountByPurpose({ general, purposes = {} }: z.infer<typeof ByPurpose>) {
  return (purpose?: Purpose): Rupiah => Number((purpose && purposes[purpose]) ?? general);
}

function classOfDivision(lists: Partial<Record<JkkClass, string>>): ReadonlyMap<string, JkkClass> {
  const byDivision = new Map<string, JkkClass>();
  for (const jkkClass of JKK_CLASSES) {
    const list = lists[jkkClass];
    if (list) for (const division of divisionsOf(list)) byDivision.set(division, jkkClass);
  }
  return byDivision;
}

/** `"05-07 41"` as 05, 06, 07 and 41. */
function divisionsOf(written: string): string[] {
  return written.split(' ').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number);
    const count = Math.max(0, last! - first! + 1);
    return Array.from({ length: count }, (_, index) => String(first! + index).padStart(2, '0'));
  });
}

function allDiffer(items: readonly string[]): boolean {
  return new Set(items).size === items.length;
}
