import type { ClientBase, Pool } from 'pg';
import { type Day, EVER, type Instant } from '#src/domain/civil.ts';
import type { RecordedEvidence } from '#src/domain/evidence.ts';
import {
  type Declaration,
  factsKnownAt,
  type History,
  type Payment,
  type RegistryChange,
  type Reversal,
} from '#src/domain/facts.ts';
import type { Flag } from '#src/domain/flags.ts';
import type { Inspection } from '#src/domain/inspections/inspection.ts';
import type { Law } from '#src/domain/parameters.ts';
import { appliesIn, type MinimumWage } from '#src/domain/rules/minimum-wage.ts';
import type { Sanction } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import type { MadeComparison } from './comparisons.ts';
import { holdAgainstRosters } from './evidence.ts';
import { type PaymentFactRow, readFactRows } from './fact-rows.ts';
import { flagsOf } from './flags.ts';
import { inspectionOf } from './inspections.ts';
import { holdAgainstMinimums, readMinimumWages } from './minimum-wages.ts';
import { assessedDeclarations, type RosterAssessment } from './read-declarations.ts';
import { sanctionsOf } from './sanctions.ts';
import { suspensionOf } from './suspensions.ts';

type Queryable = ClientBase | Pool;

/**
 * Everything recorded about these employers, with what declarations cost under the law. An employer without any fact
 * is absent.
 *
 * @param knownAt leaves declarations and evidence out that were recorded later
 * @param assessed takes what had to be computed from rosters, to be kept
 * @param compared takes what rosters showed of evidence and of minimum wages, to be kept
 * @param judgedFrom first day that wages will be judged of: without it no roster is held against minimum wages
 */
export async function readHistories(
  reading: { law: Law; keyRing: KeyRing },
  client: Queryable,
  employerIds: readonly string[],
  {
    knownAt,
    assessed,
    compared,
    judgedFrom,
  }: {
    knownAt?: Instant;
    assessed?: RosterAssessment[];
    compared?: MadeComparison[];
    judgedFrom?: Day;
  } = {},
): Promise<Map<string, History>> {
  const rows = await readFactRows(client, employerIds, reading.law.version, knownAt);
  const declarations = await assessedDeclarations(reading, client, rows.declarations, assessed);
  const evidence = await holdAgainstRosters(reading, client, rows.evidence, declarations, compared);
  const regionCodes = rows.changes.map(({ attributes }) => attributes.regionCode);
  const minimumWages = await readMinimumWages(client, regionCodes, knownAt);

  const histories = new Map<string, Draft>();
  for (const { employer_id, recorded_at, attributes } of rows.changes) {
    const draft = histories.get(employer_id) ?? emptyDraft(employer_id);
    histories.set(employer_id, draft);
    draft.changes.push({ recordedAt: recorded_at.toISOString(), attributes });
  }
  for (const [employerId, each] of declarations) histories.get(employerId)?.declarations.push(each);
  for (const row of rows.payments) histories.get(row.employer_id)?.payments.push(paymentOf(row));
  for (const { employer_id, payment_id, recorded_at } of rows.reversals) {
    histories
      .get(employer_id)
      ?.reversals.push({ paymentId: payment_id, recordedAt: recorded_at.toISOString() });
  }
  for (const [employerId, each] of flagsOf(rows.flags, rows.flagEvents))
    histories.get(employerId)?.flags.push(each);
  for (const row of rows.suspensions) histories.get(row.employer_id)?.suspensions.push(suspensionOf(row));
  for (const [employerId, each] of evidence) histories.get(employerId)?.evidence.push(each);
  for (const [employerId, each] of sanctionsOf(rows.sanctions, rows.sanctionSteps))
    histories.get(employerId)?.sanctions.push(each);
  for (const row of rows.inspections) histories.get(row.employer_id)?.inspections.push(inspectionOf(row));
  for (const draft of histories.values()) {
    const isOfIt = (wage: MinimumWage) =>
      draft.changes.some(({ attributes }) => appliesIn(wage, attributes.regionCode));
    draft.minimumWages.push(...minimumWages.filter(isOfIt));
  }
  if (judgedFrom !== undefined) {
    const bound = [...histories.values()]
      .filter((draft) => draft.minimumWages.length > 0)
      .flatMap((draft) => factsKnownAt(draft, knownAt ?? EVER) ?? []);
    await holdAgainstMinimums(reading, client, bound, { judgedFrom, compared });
  }
  return histories;
}

type Draft = {
  employerId: string;
  changes: RegistryChange[];
  declarations: Declaration[];
  payments: Payment[];
  reversals: Reversal[];
  flags: Flag[];
  suspensions: Suspension[];
  evidence: RecordedEvidence[];
  sanctions: Sanction[];
  inspections: Inspection[];
  minimumWages: MinimumWage[];
};

function emptyDraft(employerId: string): Draft {
  return {
    employerId,
    changes: [],
    declarations: [],
    payments: [],
    reversals: [],
    flags: [],
    suspensions: [],
    evidence: [],
    sanctions: [],
    inspections: [],
    minimumWages: [],
  };
}

function paymentOf(row: PaymentFactRow): Payment {
  return {
    id: row.payment_id,
    amount: row.amount,
    paidOn: row.paid_on,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.period !== null && { period: row.period }),
    penalty: row.penalty,
  };
}
