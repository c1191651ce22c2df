import { z } from 'zod';
import { SERVICES } from '#src/domain/check-policy.ts';
import { REQUEST_STATES, SANCTION_STATES, SANCTION_STEPS, SANCTIONABLE } from '#src/domain/sanctions.ts';
import { EmployerName } from '#src/features/employers/employer.ts';
import { Arrears } from '#src/features/verdicts/verdict.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import {
  allDiffer,
  DayField,
  DayOut,
  IdField,
  IdOut,
  InstantOut,
  PeriodOut,
  RupiahOut,
  rule,
  text,
} from '#src/http/fields.ts';

const NoteField = text(2000)
  .optional()
  .meta({ description: 'For agencies only; the employer does not see it' });

export const SanctionCreate = z
  .strictObject({
    employer: EmployerField,
    codes: z
      .array(z.enum(SANCTIONABLE))
      .min(1)
      .max(SANCTIONABLE.length)
      .refine(allDiffer, rule('duplicate', 'Kode berulang.', 'A code twice.'))
      .meta({ description: 'Breaches that it is about; each must be one on `openedOn`' }),
    openedOn: DayField,
    note: NoteField,
  })
  .meta({ id: 'SanctionCreate' });

export const SanctionStepCreate = z
  .strictObject({
    step: z.enum(SANCTION_STEPS),
    on: DayField.meta({ description: 'Day of the step: not ahead, nor before that of the step before' }),
    services: z
      .array(z.enum(SERVICES))
      .min(1)
      .max(SERVICES.length)
      .refine(allDiffer, rule('duplicate', 'Pelayanan berulang.', 'A service twice.'))
      .optional()
      .meta({ description: 'Of a request; of what follows it, they tell which request is meant' }),
    decidedBy: text(200).optional().meta({
      description:
        'Unit that decides: the code of an agency that Patuh knows, which then decides itself, or the name of an office',
    }),
    accepted: z.boolean().optional().meta({ description: 'Of a decision' }),
    requestId: IdField.optional().meta({
      description: 'The request that is meant, where services and unit do not tell',
    }),
    note: text(2000).optional().meta({
      description: 'Reason; needed to decline a request and to close. The employer does not see it',
    }),
  })
  .meta({ id: 'SanctionStepCreate' });

/** The procedure of a path. */
export const SanctionParams = z.strictObject({ id: IdField });

const Services = z.array(z.enum(SERVICES)).max(SERVICES.length);
const Unit = z.string().max(200).meta({ description: 'Code of an agency, or name of an office' });
const Note = z.string().max(2000).optional();

export const Fine = z
  .object({
    total: RupiahOut,
    months: z
      .array(
        z.object({
          period: PeriodOut,
          contribution: RupiahOut.meta({ description: 'Outstanding on the day of the fine' }),
          months: z.int().min(0).meta({ description: 'Months late' }),
          amount: RupiahOut,
        }),
      )
      .max(2000),
  })
  .meta({
    id: 'AdministrativeFine',
    description:
      '0.1 % of the contribution outstanding for each month late, month by month; never the charge for late payment. ' +
      '0 without months where the procedure is about nothing that is owed in rupiah',
  });

const SanctionHistoryItem = z
  .object({
    id: IdOut,
    step: z.enum(SANCTION_STEPS),
    on: DayOut,
    by: z.string().max(300).optional().meta({ description: 'The person or system that took it' }),
    agency: z.string().max(100),
    recordedAt: InstantOut,
    services: Services.optional(),
    decidedBy: Unit.optional(),
    accepted: z.boolean().optional(),
    requestId: IdOut.optional(),
    fine: Fine.optional(),
    note: Note,
  })
  .meta({ id: 'SanctionHistoryItem' });

const SanctionNextStep = z
  .object({
    step: z.enum(SANCTION_STEPS),
    notBefore: DayOut.meta({ description: 'First day that the step can be dated' }),
    notAfter: DayOut.optional().meta({
      description:
        'Of a fine the last day on which it can be imposed; of others the day by which it is to be done, late if need be',
    }),
    services: Services.optional().meta({ description: 'Of a new request: those that it can name' }),
    unit: Unit.optional(),
    requestId: IdOut.optional(),
  })
  .meta({ id: 'SanctionNextStep' });

export const SanctionRequest = z
  .object({
    id: IdOut,
    services: Services,
    unit: Unit.optional(),
    state: z.enum(REQUEST_STATES).meta({ description: 'Today; `unanswered` can still be answered' }),
    requestedOn: DayOut,
    dueOn: DayOut.meta({ description: 'Last day of the term to decide, once the lift is asked for to lift' }),
    decidedOn: DayOut.optional(),
    liftRequestedOn: DayOut.optional(),
    liftedOn: DayOut.optional(),
  })
  .meta({ id: 'SanctionRequest', description: 'A request to deny public services (TMP2T)' });

export const SanctionedEmployer = EmployerName.extend({ nib: z.string().max(20).optional() }).meta({
  id: 'SanctionedEmployer',
});

export const Sanction = z
  .object({
    id: IdOut,
    employerId: IdOut,
    employer: SanctionedEmployer,
    agency: z.string().max(100).meta({ description: 'The agency that opened it and goes on with it' }),
    codes: z.array(z.enum(SANCTIONABLE)).max(SANCTIONABLE.length),
    articles: z
      .array(z.string().max(300))
      .max(20)
      .meta({ description: 'Provisions that are breached, and those of the procedure' }),
    openedOn: DayOut,
    openedBy: z.string().max(300).optional(),
    note: Note,
    state: z.enum(SANCTION_STATES).meta({
      description:
        'Today. Paused: a plan that is kept, a suspensive dispute or an invitation suspends all its breaches. ' +
        'Mended: on `mendedOn` none of its codes was a breach; nothing but lifting and closing remains',
    }),
    mendedOn: DayOut.optional(),
    arrears: Arrears.meta({ description: 'Of the employer today' }),
    steps: z.array(SanctionHistoryItem).max(10_000).meta({ description: 'In order of recording' }),
    nextSteps: z.array(SanctionNextStep).max(1000),
    fine: Fine.optional().meta({ description: 'As it was imposed' }),
    requests: z.array(SanctionRequest).max(1000),
    recordedAt: InstantOut,
  })
  .meta({
    id: 'Sanction',
    description:
      'A procedure under UU 24/2011 art. 17, PP 86/2013 and Permenaker 4/2018. The employer sees its own without ' +
      'notes; a unit that was asked to deny services sees its own requests and what they rest on.',
  });

export type SanctionView = z.input<typeof Sanction>;
