import { z } from 'zod';
import { CASE_PURPOSES } from '#src/domain/case-file/case-file.ts';
import { ACTIONS, SERVICES } from '#src/domain/check-policy.ts';
import { EMPLOYER_KINDS } from '#src/domain/employer.ts';
import { EVIDENCE_KINDS } from '#src/domain/evidence.ts';
import { SCALES } from '#src/domain/parameters.ts';
import { SANCTION_STATES, SANCTION_STEPS, SANCTIONABLE } from '#src/domain/sanctions.ts';
import { DayOut, IdOut, InstantOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';
import { Fine, SanctionRequest } from './sanction.ts';

const Name = z.string().max(300);
const Article = z.string().max(300);
const AgencyOut = z.object({ code: z.string().max(200), name: Name });
const ServicesOut = z.array(z.enum(SERVICES)).max(SERVICES.length);

const CaseParties = z.object({
  employer: z.object({
    id: IdOut,
    legalName: Name,
    npp: z.string().max(20).optional(),
    nib: z.string().max(20).optional(),
    npwp: z.string().max(20).optional(),
    kind: z.enum(EMPLOYER_KINDS),
    scale: z.enum(SCALES),
    address: z.string().max(500).optional(),
    regionCode: z.string().max(10),
    region: Name,
    registeredOn: DayOut.optional(),
    closedOn: DayOut.optional(),
  }),
  agency: AgencyOut.meta({ description: 'The agency of the procedure' }),
  units: z.array(AgencyOut).max(1000).meta({ description: 'Units that were asked to deny services' }),
});

const CaseLegalBasis = z.object({
  breaches: z.array(z.object({ code: z.enum(SANCTIONABLE), article: Article })).max(SANCTIONABLE.length),
  procedure: z.array(Article).max(20),
  criminal: z.object({
    duties: Article,
    article: Article,
    alternatives: z
      .array(
        z.union([
          z.object({ kind: z.literal('prison'), mostYears: z.int().min(0) }),
          z.object({ kind: z.literal('fine'), most: RupiahOut }),
        ]),
      )
      .max(2)
      .meta({ description: 'One or the other' }),
  }),
  powerOfAttorney: Article.meta({ description: 'Basis of the special power of attorney (SKK)' }),
});

const CaseBreach = z.object({
  code: z.enum(SANCTIONABLE),
  since: DayOut,
  periods: z.array(PeriodOut).max(2000).optional(),
  amount: RupiahOut.optional(),
  workers: z.int().min(0).optional(),
  article: Article,
  sentence: z.string().max(50_000).meta({ description: 'In Indonesian' }),
});

const CaseArrears = z.object({
  months: z
    .array(
      z.object({
        period: PeriodOut,
        dueOn: DayOut,
        contributions: RupiahOut,
        monthsLate: z.int().min(0),
        lateCharge: RupiahOut.meta({ description: 'Not paid yet' }),
        total: RupiahOut,
        presumed: z.boolean(),
      }),
    )
    .max(3000),
  contributions: RupiahOut,
  lateCharge: RupiahOut,
  total: RupiahOut,
});

const CaseStep = z.object({
  id: IdOut,
  step: z.enum(SANCTION_STEPS),
  on: DayOut,
  agency: z.string().max(100),
  by: Name,
  recordedAt: InstantOut,
  until: DayOut.optional().meta({ description: 'Last day of the term that it gave' }),
  services: ServicesOut.optional(),
  decidedBy: z.string().max(200).optional(),
  accepted: z.boolean().optional(),
  requestId: IdOut.optional(),
  fine: Fine.optional(),
});

const CaseEvidence = z.object({
  id: IdOut,
  kind: z.enum(EVIDENCE_KINDS),
  agency: z.string().max(100),
  observedOn: DayOut,
  recordedAt: InstantOut,
  headcount: z.int().min(0).optional(),
  wageBill: RupiahOut.optional(),
  lowestWage: RupiahOut.optional(),
  workersSeen: z.int().min(0).optional().meta({ description: 'How many workers were seen by name' }),
  documentHash: z.string().max(300).optional(),
});

/** What a prosecutor is handed; no worker appears in it. */
export const CaseFile = z
  .object({
    sanctionId: IdOut,
    asOf: DayOut,
    knownAt: InstantOut.meta({ description: 'Asking again with both gives the same file, byte for byte' }),
    rulesetVersion: z.string().max(100),
    parties: CaseParties,
    legalBasis: CaseLegalBasis,
    openedOn: DayOut,
    state: z.enum(SANCTION_STATES),
    mendedOn: DayOut.optional(),
    breaches: z.array(CaseBreach).max(1000).meta({ description: 'Of the procedure, that hold on the day' }),
    arrears: CaseArrears,
    steps: z.array(CaseStep).max(10_000),
    requests: z.array(SanctionRequest).max(1000),
    suspensions: z
      .array(
        z.object({
          id: IdOut,
          kind: z.enum(['plan', 'dispute', 'regularisation']),
          startsOn: DayOut,
          endedOn: DayOut.optional(),
        }),
      )
      .max(10_000),
    evidence: z.array(CaseEvidence).max(10_000),
    payments: z
      .array(
        z.object({
          id: IdOut,
          paidOn: DayOut,
          amount: RupiahOut,
          period: PeriodOut.optional(),
          penalty: z.boolean(),
          recordedAt: InstantOut,
        }),
      )
      .max(100_000),
    checks: z
      .array(
        z.object({
          id: IdOut,
          checkedAt: InstantOut,
          agency: z.string().max(100),
          purpose: z.enum(CASE_PURPOSES),
          action: z.enum(ACTIONS),
        }),
      )
      .max(100_000)
      .meta({ description: 'Checks of the employer that were answered with a signed receipt' }),
  })
  .meta({
    id: 'CaseFile',
    description: 'The case file of a procedure, for a prosecutor; no worker appears in it.',
  });
