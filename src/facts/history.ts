import type { ClientBase, Pool } from 'pg';
import type { Instant } from '#src/domain/civil.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import type { Declaration, History, Payment, RegistryChange, Reversal } from '#src/domain/facts.ts';
import type { Flag, FlagEvent } from '#src/domain/flags.ts';
import type { Inspection } from '#src/domain/inspections.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { Sanction } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import type { KeyRing } from '#src/personal-data/index.ts';
import { readEvidence } from './evidence.ts';
import { readInspections } from './inspections.ts';
import { type RosterAssessment, readDeclarations } from './read-declarations.ts';
import { readSanctions } from './sanctions.ts';
import { readSuspensions } from './suspensions.ts';

type Queryable = ClientBase | Pool;

/**
 * Everything recorded about these employers, with what declarations cost under the law. An employer without any fact
 * is absent.
 *
 * @param knownAt leaves declarations out that were recorded later
 * @param assessed takes what had to be computed from rosters, to be kept
 */
export async function readHistories(
  reading: { law: Law; keyRing: KeyRing },
  client: Queryable,
  employerIds: readonly string[],
  { knownAt, assessed }: { knownAt?: Instant; assessed?: RosterAssessment[] } = {},
): Promise<Map<string, History>> {
  const ids = [employerIds];
  const changes = await client.query<{
    employer_id: string;
    recorded_at: Date;
    attributes: RegistryChange['attributes'];
  }>(
    'select employer_id, recorded_at, attributes from employer_changes where employer_id = any($1::uuid[])',
    ids,
  );
  const declarations = await readDeclarations(reading, client, employerIds, { knownAt, assessed });
  const payments = await client.query<PaymentRow>(
    `select employer_id, payment_id, amount, paid_on, recorded_at, period, penalty
     from payments where employer_id = any($1::uuid[])`,
    ids,
  );
  const reversals = await client.query<{ employer_id: string; payment_id: string; recorded_at: Date }>(
    'select employer_id, payment_id, recorded_at from payment_reversals where employer_id = any($1::uuid[])',
    ids,
  );
  const flags = await readFlags(client, employerIds);
  const suspensions = await readSuspensions(client, employerIds);
  const evidence = await readEvidence(client, employerIds);
  const sanctions = await readSanctions(client, employerIds);
  const inspections = await readInspections(client, employerIds);

  const histories = new Map<string, Draft>();
  for (const { employer_id, recorded_at, attributes } of changes.rows) {
    const draft = histories.get(employer_id) ?? emptyDraft(employer_id);
    histories.set(employer_id, draft);
    draft.changes.push({ recordedAt: recorded_at.toISOString(), attributes });
  }
  for (const [employerId, declaration] of declarations)
    histories.get(employerId)?.declarations.push(declaration);
  for (const row of payments.rows) histories.get(row.employer_id)?.payments.push(paymentOf(row));
  for (const { employer_id, payment_id, recorded_at } of reversals.rows) {
    histories
      .get(employer_id)
      ?.reversals.push({ paymentId: payment_id, recordedAt: recorded_at.toISOString() });
  }
  for (const [employerId, flag] of flags) histories.get(employerId)?.flags.push(flag);
  for (const [employerId, each] of suspensions) histories.get(employerId)?.suspensions.push(each);
  for (const [employerId, each] of evidence) histories.get(employerId)?.evidence.push(each);
  for (const [employerId, each] of sanctions) histories.get(employerId)?.sanctions.push(each);
  for (const [employerId, each] of inspections) histories.get(employerId)?.inspections.push(each);
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
  evidence: Evidence[];
  sanctions: Sanction[];
  inspections: Inspection[];
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
  };
}

type PaymentRow = {
  employer_id: string;
  payment_id: string;
  amount: number;
  paid_on: string;
  recorded_at: Date;
  period: string | null;
  penalty: boolean;
};

function paymentOf(row: PaymentRow): Payment {
  return {
    id: row.payment_id,
    amount: row.amount,
    paidOn: row.paid_on,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.period !== null && { period: row.period }),
    penalty: row.penalty,
  };
}

async function readFlags(client: Queryable, employerIds: readonly string[]): Promise<[string, Flag][]> {
  const flags = await client.query<{
    employer_id: string;
    flag_id: string;
    agency_code: string;
    kind: Flag['kind'];
    starts_on: string;
    ends_on: string | null;
    recorded_at: Date;
    recorded_by: { sub: string };
  }>(
    `select employer_id, flag_id, agency_code, kind, starts_on, ends_on, recorded_at, recorded_by
     from flags where employer_id = any($1::uuid[])`,
    [employerIds],
  );
  if (flags.rowCount === 0) return [];
  const events = await readFlagEvents(client, employerIds);
  return flags.rows.map((row) => [
    row.employer_id,
    {
      id: row.flag_id,
      kind: row.kind,
      agency: row.agency_code,
      proposedBy: row.recorded_by.sub,
      recordedAt: row.recorded_at.toISOString(),
      startsOn: row.starts_on,
      ...(row.ends_on !== null && { endsOn: row.ends_on }),
      events: events.get(row.flag_id) ?? [],
    },
  ]);
}

/** What happened to the flags of these employers, by flag, in order. */
async function readFlagEvents(
  client: Queryable,
  employerIds: readonly string[],
): Promise<Map<string, FlagEvent[]>> {
  const found = await client.query<{
    flag_id: string;
    event_id: string;
    kind: FlagEvent['kind'];
    reason: string | null;
    suspensive: boolean | null;
    objection_id: string | null;
    upheld: boolean | null;
    recorded_at: Date;
    recorded_by: { sub: string; agency: string };
  }>(
    `select flag_id, event_id, kind, reason, suspensive, objection_id, upheld, recorded_at, recorded_by
     from flag_events where employer_id = any($1::uuid[]) order by recorded_at, event_id`,
    [employerIds],
  );
  const events = new Map<string, FlagEvent[]>();
  for (const row of found.rows) {
    const event: FlagEvent = {
      id: row.event_id,
      kind: row.kind,
      recordedAt: row.recorded_at.toISOString(),
      by: row.recorded_by.sub,
      agency: row.recorded_by.agency,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.suspensive !== null && { suspensive: row.suspensive }),
      ...(row.objection_id !== null && { objectionId: row.objection_id }),
      ...(row.upheld !== null && { upheld: row.upheld }),
    };
    const list = events.get(row.flag_id);
    if (list) list.push(event);
    else events.set(row.flag_id, [event]);
  }
  return events;
}
