import { z } from 'zod';
import { type Day, onDay, type Period, periodOf } from '#src/domain/civil.ts';
import { POLICY_CHOICES } from '#src/domain/parameters.ts';
import { Basis, Bilingual, DayText, PeriodText, Text } from './basis.ts';
import { UNITS, type UnitName } from './units.ts';

/** The contribution month that the law begins with here: the programmes of BPJS Ketenagakerjaan as they are today. */
export const FIRST_PERIOD: Period = '2015-07';
export const FIRST_DAY: Day = onDay(FIRST_PERIOD, 1);

const Entry = z
  .strictObject({
    from: z.union([PeriodText, DayText], 'must be a contribution month or a day'),
    value: z.unknown().optional(),
    repealed: z.literal(true).optional(),
    basis: Basis,
  })
  .refine(({ value, repealed }) => (value === undefined) !== (repealed === undefined), {
    message: 'must have either a value or repealed: true',
  });

const File = z.strictObject({
  id: Text,
  title: Bilingual,
  unit: z.enum(Object.keys(UNITS) as [UnitName, ...UnitName[]]),
  payer: z.enum(['employer', 'worker', 'none']),
  introduced: z.union([PeriodText, DayText]).optional(),
  confirmedUntil: PeriodText.optional(),
  values: z.array(Entry).min(1),
});

/** A parameter of law as written: every value with the month or day from which it holds and where it stands. */
export type LawParameter = z.infer<typeof File>;

/** One value of a parameter, or its repeal. */
export type LawValue = LawParameter['values'][number];

/** The schema of the file of the parameter with this id. */
export function parameterFile(id: string): z.ZodType<LawParameter> {
  return File.superRefine((parameter, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    if (parameter.id !== id) refuse(['id'], `must be the file's path, ${id}`);
    const { schema } = UNITS[parameter.unit];
    const first = parameter.values[0]!.from;
    if (parameter.introduced === undefined && first > FIRST_DAY) {
      refuse(
        ['values', 0, 'from'],
        `leaves a hole from ${FIRST_PERIOD} to ${first}; a later beginning is stated as introduced`,
      );
    }
    if (parameter.values[0]!.repealed) refuse(['values', 0, 'repealed'], 'repeals nothing');
    if (parameter.introduced !== undefined && first !== parameter.introduced) {
      refuse(['introduced'], `must be the first value's from, ${first}`);
    }
    for (const [index, { from, value, repealed }] of parameter.values.entries()) {
      const before = parameter.values[index - 1]?.from;
      if (before !== undefined && from <= before)
        refuse(['values', index, 'from'], `must be after ${before}: two values would overlap`);
      if (repealed && index < parameter.values.length - 1) {
        refuse(['values', index, 'repealed'], 'leaves a hole before the next value');
      }
      if (before !== undefined && from.length !== before.length) {
        refuse(['values', index, 'from'], 'must be a month, or a day, like those before it');
      }
      for (const issue of repealed ? [] : (schema.safeParse(value).error?.issues ?? [])) {
        refuse(['values', index, 'value', ...issue.path], issue.message);
      }
    }
    for (const [index, { value, basis }] of parameter.values.entries()) {
      if (basis.status === 'product_decision' && !id.startsWith('policy/'))
        refuse(['values', index, 'basis', 'status'], 'must not be a product decision: those are in policy/');
      const choices = parameter.unit === 'choice' ? choicesOf(id) : undefined;
      if (choices?.includes(value as string) === false) {
        refuse(
          ['values', index, 'value'],
          `must be one of ${choices.join(', ')}: nothing else is implemented`,
        );
      }
    }
    const { confirmedUntil } = parameter;
    if (confirmedUntil !== undefined && confirmedUntil < periodOf(parameter.values.at(-1)!.from)) {
      refuse(['confirmedUntil'], 'must not be before the last value');
    }
  });
}

/** The choices that are implemented of a product decision; none of an unknown one. */
function choicesOf(id: string): readonly string[] {
  return Object.entries(POLICY_CHOICES).find(([name]) => id === `policy/${name}`)?.[1] ?? [];
}

/** The value in force on the day; undefined before the first value, once repealed, and past `confirmedUntil`. */
export function valueOn({ values, confirmedUntil }: LawParameter, day: Day): LawValue | undefined {
  if (confirmedUntil !== undefined && periodOf(day) > confirmedUntil) return undefined;
  // A month orders as text before its own first day, so one comparison serves months and days.
  const value = values.findLast(({ from }) => from <= day);
  return value?.repealed ? undefined : value;
}
