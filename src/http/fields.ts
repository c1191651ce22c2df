import { z } from 'zod';
import { type Day, isDay, isPeriod, type Period } from '#src/domain/civil.ts';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import { UNSEEN } from '#src/domain/unseen.ts';
import type { Language } from './problem.ts';

type Rule = { code: string; sentence: Record<Language, string> };

/** A refinement whose failure has a stable code and a sentence in both languages. */
export function rule(code: string, id: string, en: string): { params: Rule } {
  return { params: { code, sentence: { id, en } } };
}

/** One line of text: trimmed, composed (NFC), well-formed, without control characters. */
export function text(max: number, min = 1) {
  return z
    .string()
    .trim()
    .normalize('NFC')
    .min(min)
    .max(max)
    .refine(
      (value) => value.isWellFormed() && !UNSEEN.test(value),
      rule(
        'invalid_characters',
        'Berisi karakter kendali atau karakter rusak.',
        'Holds control or broken characters.',
      ),
    );
}

/** Whether no value stands twice. */
export function allDiffer(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}

/** A calendar day in Asia/Jakarta. */
export const DayField = z
  .string()
  .max(20)
  .refine(isDay, rule('invalid_day', 'Bukan tanggal YYYY-MM-DD yang ada.', 'Not an existing day YYYY-MM-DD.'))
  .transform((value): Day => value)
  .meta({ description: 'Calendar day in Asia/Jakarta', format: 'date', examples: ['2026-11-20'] });

/** A contribution month. */
export const PeriodField = z
  .string()
  .max(20)
  .refine(isPeriod, rule('invalid_period', 'Bukan bulan iuran YYYY-MM.', 'Not a contribution month YYYY-MM.'))
  .transform((value): Period => value)
  .meta({ description: 'Contribution month', pattern: '^\\d{4}-\\d{2}$', examples: ['2026-10'] });

/** The years that days have, too. */
const NEAR = /^(19|20|21)\d\d-/;
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** An instant of RFC 3339; comes out in UTC with milliseconds. */
export const InstantField = z
  .string()
  .max(40)
  .refine(
    (value) => {
      // Of a day that there is not another one would be made.
      const time = INSTANT.test(value) && isDay(value.slice(0, 10)) ? Date.parse(value) : Number.NaN;
      return !Number.isNaN(time) && NEAR.test(new Date(time).toISOString());
    },
    rule('invalid_instant', 'Bukan waktu RFC 3339.', 'Not an instant of RFC 3339.'),
  )
  .transform((value) => new Date(value).toISOString())
  .meta({ description: 'Instant, RFC 3339', format: 'date-time', examples: ['2026-11-20T03:00:00.000Z'] });

/** Whole rupiah, more than zero. */
export const AmountField = z
  .int()
  .min(1)
  .max(MAX_RUPIAH)
  .meta({ description: 'Whole rupiah', examples: [3_500_000] });

/** A whole number in a query: decimal digits and nothing that a conversion would make of other text. */
export function countQuery(min: number, max: number) {
  return z.preprocess(
    (given) => (typeof given === 'string' && /^\d{1,16}$/.test(given) ? Number(given) : given),
    z.int().min(min).max(max),
  );
}

/** A yes or no in a query. */
export const yesNo = z.enum(['true', 'false']);

/** Several words in a query: repeated, separated by commas, or both. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.preprocess(
    (given) => [given].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [each])),
    z.array(z.enum(values)).min(1).max(50),
  );
}

/** Plain shapes of answers: what goes out is made by us and is not checked twice. */
export const DayOut = z
  .string()
  .max(10)
  .meta({ format: 'date', examples: ['2026-11-20'] });
/** Present, and true, where a due day rests on a year whose holiday decree is not entered. */
export const CalendarProvisional = z.boolean().optional().meta({
  description: 'True where the due day rests on a year whose holiday decree is not entered; absent elsewhere',
});
export const PeriodOut = z
  .string()
  .max(7)
  .meta({ pattern: '^\\d{4}-\\d{2}$', examples: ['2026-10'] });
export const InstantOut = z
  .string()
  .max(30)
  .meta({ format: 'date-time', examples: ['2026-11-20T03:00:00.000Z'] });
export const RupiahOut = z.int().min(0).meta({ description: 'Whole rupiah' });
export const IdOut = z.string().max(36).meta({ description: 'UUIDv7', format: 'uuid' });

/** An id in a path or a body. */
export const IdField = z
  .string()
  .max(36)
  .refine(
    (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
    rule('invalid_id', 'Bukan id yang sah.', 'Not a valid id.'),
  )
  .transform((value) => value.toLowerCase())
  .meta({ description: 'UUIDv7', format: 'uuid' });

/** Free text that a business has: names, grounds, references. */
export const Reference = text(200).meta({ description: "The caller's own reference" });
