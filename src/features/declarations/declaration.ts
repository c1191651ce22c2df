import { z } from 'zod';
import { MAX_WAGE } from '#src/domain/money.ts';
import { parseNik } from '#src/domain/nik.ts';
import { EMPLOYMENT_TYPES } from '#src/domain/obligations.ts';
import { ProgrammeShares, ProgrammesField } from '#src/http/contribution-fields.ts';
import {
  CalendarProvisional,
  DayField,
  DayOut,
  IdOut,
  InstantOut,
  PeriodField,
  PeriodOut,
  RupiahOut,
  rule,
  text,
} from '#src/http/fields.ts';

const NIK_SENTENCES: Record<string, [id: string, en: string]> = {
  day_out_of_range: ['Hari lahir dalam NIK harus 01-31 atau 41-71.', 'The day in a NIK is 01-31 or 41-71.'],
  month_out_of_range: ['Bulan lahir dalam NIK harus 01-12.', 'The month in a NIK is 01-12.'],
  serial_zero: ['Nomor urut NIK mulai dari 0001.', 'The serial of a NIK starts at 0001.'],
};

const Nik = text(40).transform((given, context) => {
  const parsed = parseNik(given);
  if (parsed.ok) return parsed.value;
  const [id, en] = NIK_SENTENCES[parsed.code] ?? ['NIK terdiri atas 16 angka.', 'A NIK is 16 digits.'];
  context.addIssue({ code: 'custom', ...rule(parsed.code, id, en) });
  return z.NEVER;
});

const WorkerCreate = z
  .strictObject({
    nik: Nik.meta({ description: 'NIK: national identity number, 16 digits' }),
    name: text(200),
    birthDate: DayField,
    sex: z.enum(['M', 'F']).optional(),
    citizenship: z
      .string()
      .max(2)
      .regex(/^[A-Z]{2}$/)
      .default('ID')
      .meta({ description: 'ISO 3166-1 alpha-2' }),
    wage: z
      .int()
      .min(1)
      .max(MAX_WAGE)
      .meta({ description: 'Basic wage and fixed allowances of the month, whole rupiah' }),
    programmes: ProgrammesField,
    jkp: z.boolean().optional().meta({ description: 'Enrolled in JKP, job loss' }),
    employmentType: z.enum(EMPLOYMENT_TYPES).optional(),
    placementContract: text(100).optional(),
  })
  .meta({ id: 'DeclaredWorker' });

export const DeclarationCreate = z
  .strictObject({
    period: PeriodField,
    workers: z.array(WorkerCreate).max(50_000),
  })
  .meta({ id: 'DeclarationCreate', description: 'The whole roster of a month; supersedes an earlier one' });

export const Declaration = z
  .object({
    id: IdOut,
    employerId: IdOut,
    period: PeriodOut,
    supersedes: IdOut.optional(),
    headcount: z.int().min(0),
    wageBase: RupiahOut,
    dueOn: DayOut,
    calendarProvisional: CalendarProvisional,
    assessment: z.object({
      total: RupiahOut,
      employer: RupiahOut,
      worker: RupiahOut,
      programmes: ProgrammeShares,
    }),
    recordedAt: InstantOut,
  })
  .meta({ id: 'Declaration' });

export type DeclarationView = z.input<typeof Declaration>;
