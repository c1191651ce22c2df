import { z } from 'zod';
import { type Day, type Period, periodOf } from '#src/domain/civil.ts';
import { MAX_WAGE } from '#src/domain/money.ts';
import { parseNik } from '#src/domain/nik.ts';
import { EMPLOYMENT_TYPES } from '#src/domain/rules/obligations.ts';
import { maskOf } from '#src/domain/rules/programme-mask.ts';
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
import type { Fault, Sentence } from '#src/http/problem.ts';

const NIK_SENTENCES: Record<string, [id: string, en: string]> = {
  day_out_of_range: ['Hari lahir dalam NIK harus 01-31 atau 41-71.', 'The day in a NIK is 01-31 or 41-71.'],
  month_out_of_range: ['Bulan lahir dalam NIK harus 01-12.', 'The month in a NIK is 01-12.'],
  serial_zero: ['Nomor urut NIK mulai dari 0001.', 'The serial of a NIK starts at 0001.'],
};

/** A NIK in a body. */
export const Nik = text(40).transform((given, context) => {
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

/** So many workers that are nothing like one are looked at; every fault of every one would take seconds to tell. */
const UNLIKELY = 20;

/** Cuts a list of workers short where there are too many that cannot be any, before it is looked at field by field. */
export function cutShort(declared: unknown, isLikely = isLikelyDeclared): void {
  const workers = (declared as { workers?: unknown } | null | undefined)?.workers;
  if (!Array.isArray(workers)) return;
  let unlikely = 0;
  for (const [index, worker] of workers.entries()) {
    if (isLikely(worker)) continue;
    unlikely += 1;
    if (unlikely === UNLIKELY) workers.length = index + 1;
  }
}

function isLikelyDeclared(worker: unknown): boolean {
  if (typeof worker !== 'object' || worker === null) return false;
  const { nik, name, birthDate, wage, programmes } = worker as Record<string, unknown>;
  const texts = [nik, name, birthDate].every((each) => typeof each === 'string');
  return texts && (nik as string).length >= 16 && Number.isInteger(wage) && Array.isArray(programmes);
}

type Declared = z.output<typeof DeclarationCreate>;

/** The roster's lines as they are recorded and assessed. */
export function linesOf({ workers }: Declared) {
  return workers.map(({ programmes, ...worker }) => ({ ...worker, programmes: maskOf(programmes) }));
}

const FAULTS_SHOWN = 100;

/** What only shows across workers, or against the calendar; `at` is the pointer of the declaration. */
export function unsoundIn({ period, workers }: Declared, today: Day, firstPeriod: Period, at = ''): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, code: string, detail: Sentence) =>
    faults.push({ pointer: `${at}/${field}`, code, detail });
  if (period > periodOf(today))
    fault('period', 'in_future', { id: 'Bulan di masa depan.', en: 'A month in the future.' });
  if (period < firstPeriod) {
    const detail = { id: `Tidak sebelum ${firstPeriod}.`, en: `Not before ${firstPeriod}.` };
    fault('period', 'before_programmes', detail);
  }
  const seen = new Map<string, number>();
  for (const [index, { nik, birthDate }] of workers.entries()) {
    const first = seen.get(nik);
    if (first !== undefined) {
      const detail = { id: `Juga pekerja ${first}.`, en: `Also worker ${first}.` };
      fault(`workers/${index}/nik`, 'duplicate_nik', detail);
    }
    seen.set(nik, index);
    if (birthDate >= today) {
      const detail = { id: 'Bukan tanggal lampau.', en: 'Not in the past.' };
      fault(`workers/${index}/birthDate`, 'in_future', detail);
    }
  }
  return faults.slice(0, FAULTS_SHOWN);
}

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
