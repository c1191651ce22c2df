import { z } from 'zod';
import { BPU_SECTORS, JKK_CLASSES } from '#src/domain/parameters.ts';
import { BPU_PROGRAMMES } from '#src/domain/rules/bpu.ts';
import { RELIEFS } from '#src/domain/rules/relief.ts';
import { ProgrammeShares, ProgrammesField } from '#src/http/contribution-fields.ts';
import {
  AmountField,
  allDiffer,
  CalendarProvisional,
  DayOut,
  PeriodField,
  RupiahOut,
  rule,
} from '#src/http/fields.ts';

const NEEDS_JKP = rule(
  'needs_jkp',
  'Hanya berarti bersama jkp: true.',
  'Means something with jkp: true only.',
);
const TWICE = rule('duplicate', 'Berulang.', 'Twice.');
const ONE_OF = rule(
  'one_of',
  'Isi salah satu: nilai kontrak atau upah.',
  'Give either the contract value or the wages.',
);

const WageEarner = z
  .strictObject({
    segment: z.literal('PU').meta({ description: 'PU: wage earners (penerima upah)' }),
    period: PeriodField,
    wage: AmountField,
    jkkClass: z.enum(JKK_CLASSES).optional().meta({ description: 'Class I if absent' }),
    programmes: ProgrammesField,
    jkp: z.boolean().optional().meta({
      description: 'Whether enrolled in JKP; with it the answer shows the allocation to the funds',
    }),
    arrearsAtPromulgation: z.boolean().optional().meta({
      description:
        'Whether the month was in arrears on 6 October 2023 and is unpaid: then nothing moves to JKP',
    }),
    reliefs: z.array(z.enum(RELIEFS)).max(RELIEFS.length).refine(allDiffer, TWICE).optional().meta({
      description:
        'Reliefs on application that the employer qualifies for; outside its months one is not applied',
    }),
  })
  .refine(({ jkp, arrearsAtPromulgation }) => jkp || !arrearsAtPromulgation, {
    path: ['arrearsAtPromulgation'],
    ...NEEDS_JKP,
  })
  .meta({ id: 'WageEarnerCalculation' });

const InformalWorker = z
  .strictObject({
    segment: z.literal('BPU').meta({ description: 'BPU: informal workers (bukan penerima upah)' }),
    period: PeriodField,
    income: AmountField,
    programmes: z.array(z.enum(BPU_PROGRAMMES)).min(1).max(BPU_PROGRAMMES.length).refine(allDiffer, TWICE),
    sector: z.enum(BPU_SECTORS),
    governmentPaid: z.boolean().optional().meta({ description: 'Paid out of APBN or APBD: no discount' }),
  })
  .meta({ id: 'InformalWorkerCalculation' });

const Project = z
  .strictObject({
    segment: z.literal('JAKON').meta({ description: 'JAKON: construction projects (jasa konstruksi)' }),
    period: PeriodField,
    contractValueExclVat: AmountField.optional().meta({
      description: 'Without VAT, where wages are not known',
    }),
    monthlyWages: AmountField.optional(),
  })
  .superRefine(({ contractValueExclVat, monthlyWages }, context) => {
    if ((contractValueExclVat === undefined) !== (monthlyWages === undefined)) return;
    for (const field of ['contractValueExclVat', 'monthlyWages'])
      context.addIssue({ code: 'custom', path: [field], ...ONE_OF });
  })
  .meta({ id: 'ProjectCalculation', description: 'Either the contract value or the wages' });

export const CalculationCreate = z
  .discriminatedUnion('segment', [WageEarner, InformalWorker, Project])
  .meta({ id: 'CalculationCreate' });
export type Calculable = z.output<typeof CalculationCreate>;

export const CalculationView = z
  .object({
    programmes: ProgrammeShares,
    totals: z.object({ employer: RupiahOut, worker: RupiahOut, bill: RupiahOut }),
    allocation: z
      .object({ JKK: RupiahOut, JKM: RupiahOut, JKP: RupiahOut, stateJkp: RupiahOut })
      .optional()
      .meta({ description: 'Kept in the JKK and JKM funds, moved from them to JKP, paid by the state' }),
    deferred: RupiahOut.optional().meta({ description: 'JP put off under PP 49/2020' }),
    dueOn: DayOut,
    calendarProvisional: CalendarProvisional,
    steps: z
      .array(
        z.object({
          what: z.string().max(500),
          formula: z.string().max(2000),
          value: z.union([z.int(), z.string().max(100)]),
          article: z.string().max(300).meta({ description: 'Where the law says so' }),
          parameter: z.string().max(200).optional().meta({
            description: 'Id of the parameter of law that the step rests on, of several the first',
          }),
        }),
      )
      .max(50),
  })
  .meta({ id: 'Calculation' });
