import { z } from 'zod';
import { SERVICES } from '#src/domain/check-policy.ts';
import { EVIDENCE_KINDS } from '#src/domain/evidence.ts';
import { FLAG_KINDS } from '#src/domain/flags.ts';
import { PROGRAMMES } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { DISPUTE_STATES, PLAN_STATES } from '#src/domain/suspensions.ts';
import { SEVERITIES } from '#src/domain/verdict/reasons.ts';
import { DayField, DayOut, IdOut, InstantField, InstantOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';

export const Restriction = z
  .object({
    kind: z.enum([...FLAG_KINDS, 'tmp2t']).meta({ description: 'A flag, or public services denied (TMP2T)' }),
    by: z.string().max(200).meta({ description: 'Agency that flagged the employer, or unit that denies' }),
    since: DayOut,
    until: DayOut.optional(),
    reference: IdOut.meta({ description: 'Id of the flag, or of the sanction' }),
    services: z
      .array(z.enum(SERVICES))
      .max(SERVICES.length)
      .optional()
      .meta({ description: 'Of `tmp2t`: what is denied' }),
  })
  .meta({ id: 'Restriction', description: 'A flag in force, or services that are denied' });

export const Arrears = z
  .object({
    months: z.int().min(0).meta({ description: 'Overdue months' }),
    contributions: RupiahOut,
    lateCharge: RupiahOut.meta({
      description: 'Late charges not paid, of overdue months and of months paid late',
    }),
    total: RupiahOut,
    oldestPeriod: PeriodOut.optional(),
  })
  .meta({ id: 'Arrears' });

/** Arrears as columns of a stored stretch. */
export type ArrearsRow = {
  months: number;
  contributions: number;
  late_charge: number;
  total: number;
  oldest_period: string | null;
};

export function arrearsView(row: ArrearsRow): z.input<typeof Arrears> {
  return {
    months: row.months,
    contributions: row.contributions,
    lateCharge: row.late_charge,
    total: row.total,
    ...(row.oldest_period !== null && { oldestPeriod: row.oldest_period }),
  };
}

const Reason = z
  .object({
    code: z.enum(REASON_CODES),
    severity: z.enum(SEVERITIES),
    since: DayOut,
    periods: z.array(PeriodOut).max(2000).optional(),
    amount: RupiahOut.optional(),
    workers: z.int().min(0).optional(),
    programmes: z.array(z.enum(PROGRAMMES)).max(4).optional(),
    until: DayOut.optional().meta({
      description:
        'Deadline of an invitation, last day on which evidence counts, or day of the next instalment of a plan, by which `amount` is to be paid',
    }),
    state: z
      .enum([...new Set([...PLAN_STATES, ...DISPUTE_STATES, 'suspensive' as const])])
      .optional()
      .meta({ description: 'Of a plan or a dispute' }),
    article: z.string().max(300).meta({ description: 'Where the law says so' }),
    minimumWage: z
      .object({
        regionCode: z.string().max(5),
        regionName: z.string().max(200),
        year: z.int(),
        monthly: RupiahOut,
      })
      .optional()
      .meta({ description: 'The regional minimum wage that `workers` are declared below' }),
    evidence: z.enum(EVIDENCE_KINDS).optional().meta({ description: 'Kind of the evidence that shows it' }),
    reference: IdOut.optional().meta({ description: 'Id of the plan, dispute, invitation or evidence' }),
    detail: z.string().max(50_000).meta({ description: 'Sentence in the language asked for' }),
    sentences: z
      .object({ id: z.string().max(50_000), en: z.string().max(50_000) })
      .meta({ description: 'The same in Indonesian and in English' }),
  })
  .meta({ id: 'Reason' });

export const Verdict = z
  .object({
    employerId: IdOut,
    asOf: DayOut,
    knownAt: InstantOut.meta({ description: 'Asking again with it gives the same facts for ever' }),
    dataCutoff: InstantOut.meta({ description: 'Recording of the newest fact that was considered' }),
    rulesetVersion: z.string().max(100),
    status: z.enum(STATUSES),
    reasons: z.array(Reason).max(1000),
    restrictions: z.array(Restriction).max(1000),
    arrears: Arrears,
    validUntil: DayOut.nullable().meta({
      description: 'First day on which time alone changes the status; null where it never does',
    }),
  })
  .meta({ id: 'Verdict' });

/** The two clocks of a question. */
export const ClockQuery = z.strictObject({
  asOf: DayField.optional().meta({ description: 'Day that is asked about; today if absent, may lie ahead' }),
  knownAt: InstantField.optional().meta({ description: 'Only what was recorded by then; now if absent' }),
});
