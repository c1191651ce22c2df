import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import {
  countsOn,
  countsThrough,
  EVIDENCE_KINDS,
  type Evidence as EvidenceFact,
  FEWEST_SUMMED,
  findingsOf,
  MAX_HEADCOUNT,
} from '#src/domain/evidence.ts';
import { MAX_RUPIAH, MAX_WAGE } from '#src/domain/money.ts';
import type { Law } from '#src/domain/parameters.ts';
import { severityOf } from '#src/domain/verdict/evidence-reasons.ts';
import { cutShort, Nik } from '#src/features/declarations/declaration.ts';
import type { Actor } from '#src/http/actor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import {
  DayField,
  DayOut,
  IdField,
  IdOut,
  InstantOut,
  PeriodOut,
  RupiahOut,
  text,
} from '#src/http/fields.ts';
import type { StoredEvidence } from './stored-evidence.ts';

const SeenWorkerCreate = z
  .strictObject({
    nik: Nik.meta({ description: 'NIK: national identity number, 16 digits' }),
    wage: z.int().min(1).max(MAX_WAGE).optional().meta({ description: 'Wage of a month, whole rupiah' }),
  })
  .meta({ id: 'SeenWorkerCreate' });

export const EvidenceCreate = z
  .strictObject({
    employer: EmployerField,
    kind: z.enum(EVIDENCE_KINDS),
    observedOn: DayField.meta({ description: 'Day that the evidence speaks of' }),
    headcount: z.int().min(0).max(MAX_HEADCOUNT).optional().meta({ description: 'Workers in all' }),
    wageBill: z.int().min(0).max(MAX_RUPIAH).optional().meta({ description: 'Wages of a month in all' }),
    lowestWage: z
      .int()
      .min(1)
      .max(MAX_WAGE)
      .optional()
      .meta({ description: 'Lowest wage of a month that anybody has' }),
    workers: z
      .array(SeenWorkerCreate)
      .min(1)
      .max(50_000)
      .optional()
      .meta({ description: 'Workers who were seen by name; no answer of this resource shows them' }),
    note: text(2000).optional().meta({ description: 'For agencies only; the employer does not see it' }),
    documentHash: text(200)
      .optional()
      .meta({
        description: 'Hash of the document, kept as given',
        examples: ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      }),
  })
  .meta({
    id: 'EvidenceCreate',
    description: 'At least one of `headcount`, `wageBill`, `lowestWage` and `workers` is needed',
  });

/** Cuts the workers of evidence short where too many of them cannot be any, before each field is looked at. */
export function cutShortSeen(stated: unknown): void {
  cutShort(stated, (worker) => {
    const { nik } = (worker ?? {}) as { nik?: unknown };
    return typeof nik === 'string' && nik.length >= 16;
  });
}

/** The evidence of a path. */
export const EvidenceParams = z.strictObject({ id: IdField });

const EvidenceFinding = z
  .object({
    period: PeriodOut.meta({ description: 'Month of the roster that it is held against' }),
    declaredHeadcount: z.int().min(0),
    declaredWageBill: RupiahOut,
    codes: z
      .array(z.enum(['PARTIAL_WORKERS', 'PARTIAL_WAGES']))
      .max(2)
      .meta({ description: 'What it shows that the roster hides; none where it shows nothing' }),
    severity: z
      .enum(['breach', 'warning'])
      .optional()
      .meta({ description: 'Of these codes, unless refuted' }),
    missingWorkers: z.int().min(1).optional(),
    underpaidWorkers: z.int().min(1).optional().meta({ description: 'Declared with too low a wage' }),
    hiddenWages: RupiahOut.optional().meta({
      description: `A month, at least; not told of fewer than ${FEWEST_SUMMED} workers`,
    }),
  })
  .meta({ id: 'EvidenceFinding' });

export const Evidence = z
  .object({
    id: IdOut,
    employerId: IdOut,
    kind: z.enum(EVIDENCE_KINDS),
    agency: z.string().max(100),
    observedOn: DayOut,
    countsThrough: DayOut.meta({ description: 'Last day on which it counts; the first is `observedOn`' }),
    headcount: z.int().min(0).optional(),
    wageBill: RupiahOut.optional(),
    lowestWage: RupiahOut.optional(),
    workersSeen: z.int().min(1).optional().meta({ description: 'How many workers were seen by name' }),
    note: z.string().max(2000).optional().meta({ description: 'Left out where the employer itself asks' }),
    documentHash: z.string().max(200).optional(),
    recordedAt: InstantOut,
    recordedBy: z
      .string()
      .max(300)
      .optional()
      .meta({ description: 'Left out where the employer itself asks' }),
    finding: EvidenceFinding.optional().meta({
      description: 'What it shows today; absent where it counts no more, or no roster is declared',
    }),
  })
  .meta({
    id: 'Evidence',
    description:
      'What an agency saw of the workers and wages of an employer. Every agency that sees the employer sees it; so ' +
      'does the employer, without `note` and `recordedBy`. Nobody is named.',
  });

export type EvidenceView = z.input<typeof Evidence>;

/** Evidence as it goes out to a caller on a day. */
export function evidenceView(stored: StoredEvidence, actor: Actor, law: Law, today: Day): EvidenceView {
  const { evidence, employerId, note, documentHash, recordedBy } = stored;
  const { compared: _, ...content } = evidence;
  const finding = countsOn(evidence, law, today) ? findingView(evidence) : undefined;
  return {
    ...content,
    employerId,
    countsThrough: countsThrough(evidence, law),
    ...(documentHash !== undefined && { documentHash }),
    ...(actor.kind !== 'employer' && { recordedBy, ...(note !== undefined && { note }) }),
    ...(finding && { finding }),
  };
}

function findingView(evidence: EvidenceFact): EvidenceView['finding'] {
  const { compared } = evidence;
  if (!compared) return undefined;
  const findings = findingsOf(evidence);
  const view: NonNullable<EvidenceView['finding']> = {
    period: compared.period,
    declaredHeadcount: compared.headcount,
    declaredWageBill: compared.wageBill,
    codes: findings.map(({ code }) => code),
  };
  if (findings.length > 0) view.severity = severityOf(evidence);
  for (const finding of findings) {
    if (finding.code === 'PARTIAL_WORKERS') view.missingWorkers = finding.workers;
    else {
      if (finding.workers !== undefined) view.underpaidWorkers = finding.workers;
      if (finding.amount !== undefined) view.hiddenWages = finding.amount;
    }
  }
  return view;
}
