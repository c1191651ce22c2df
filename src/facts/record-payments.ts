import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Day, Period } from '#src/domain/civil.ts';
import type { Payment } from '#src/domain/facts.ts';
import type { Rupiah } from '#src/domain/money.ts';
import { extendSummaries, lockEmployers } from './append.ts';
import type { RecordedOf } from './carry-forward.ts';
import type { FactDeps } from './deps.ts';

/** Money received, as somebody reports it. */
export type ReportedPayment = {
  employerId: string;
  reference: string;
  amount: Rupiah;
  paidOn: Day;
  period?: Period | undefined;
  channel?: string | undefined;
  penalty: boolean;
};

export type StoredPayment = ReportedPayment & { paymentId: string; recordedAt: Date };

/** `created` and `existing` carry the payment that the reference names; `reused`: the reference names other content. */
export type PaymentOutcome =
  | { kind: 'created' | 'existing'; payment: StoredPayment }
  | { kind: 'reused'; reference: string };

/**
 * Records payments whose references are new. A reference that is known with the same content gives the first
 * payment and no new fact. Answers in the order given.
 */
export async function recordPayments(
  deps: FactDeps,
  tx: Tx,
  by: RecordedBy,
  reported: readonly ReportedPayment[],
  importId?: string,
): Promise<PaymentOutcome[]> {
  const recordedAt = await lockEmployers(deps, tx, [
    ...new Set(reported.map(({ employerId }) => employerId)),
  ]);
  const first = new Map<string, StoredPayment>();
  for (const payment of reported) {
    if (!first.has(payment.reference))
      first.set(payment.reference, { ...payment, paymentId: uuidv7(), recordedAt });
  }
  const claimed = await claimReferences(tx, [...first.values()]);
  const fresh = [...first.values()].filter(({ paymentId }) => claimed.has(paymentId));
  await insertPayments(tx, by, fresh, recordedAt, importId);
  const known = await readPayments(
    tx,
    [...first.values()].filter(({ paymentId }) => !claimed.has(paymentId)).map(({ reference }) => reference),
  );
  await extendSummaries(deps, tx, recordedOf(fresh), recordedAt);

  const used = new Set<string>();
  return reported.map((payment) => {
    const mine = first.get(payment.reference)!;
    const stored = claimed.has(mine.paymentId) ? mine : known.get(payment.reference)!;
    if (!sameContent(stored, payment)) return { kind: 'reused', reference: payment.reference };
    const created = stored === mine && !used.has(payment.reference);
    used.add(payment.reference);
    return { kind: created ? 'created' : 'existing', payment: stored };
  });
}

function recordedOf(fresh: readonly StoredPayment[]): RecordedOf {
  const factOf = ({ paymentId: id, amount, paidOn, recordedAt, period, penalty }: StoredPayment): Payment => {
    const stated = period === undefined ? {} : { period };
    return { id, amount, paidOn, recordedAt: recordedAt.toISOString(), ...stated, penalty };
  };
  const paid = Map.groupBy(fresh, ({ employerId }) => employerId);
  return new Map(
    [...paid].map(([employerId, each]) => [employerId, { declarations: [], payments: each.map(factOf) }]),
  );
}

/** Ids of the payments whose reference nobody had; waits for others who claim the same one right now. */
async function claimReferences(tx: Tx, payments: readonly StoredPayment[]): Promise<Set<string>> {
  const claimed = await tx.client.query<{ payment_id: string }>({
    name: 'claim references',
    text: `insert into payment_references (reference, employer_id, payment_id)
     select reference, employer_id, payment_id
     from unnest($1::text[], $2::uuid[], $3::uuid[]) as p (reference, employer_id, payment_id)
     order by reference collate "C"
     on conflict do nothing returning payment_id`,
    values: [
      payments.map(({ reference }) => reference),
      payments.map(({ employerId }) => employerId),
      payments.map(({ paymentId }) => paymentId),
    ],
  });
  return new Set(claimed.rows.map((row) => row.payment_id));
}

async function insertPayments(
  tx: Tx,
  by: RecordedBy,
  fresh: readonly StoredPayment[],
  recordedAt: Date,
  importId: string | undefined,
): Promise<void> {
  await tx.client.query({
    name: 'insert payments',
    text: `insert into payments (employer_id, payment_id, reference, amount, paid_on, period, channel, penalty,
                           recorded_at, recorded_by, import_id)
     select employer_id, payment_id, reference, amount, paid_on, period, channel, penalty, $9, $10, $11
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::date[], $6::text[], $7::text[], $8::boolean[])
       as p (employer_id, payment_id, reference, amount, paid_on, period, channel, penalty)`,
    values: [
      fresh.map((each) => each.employerId),
      fresh.map((each) => each.paymentId),
      fresh.map((each) => each.reference),
      fresh.map((each) => each.amount),
      fresh.map((each) => each.paidOn),
      fresh.map((each) => each.period ?? null),
      fresh.map((each) => each.channel ?? null),
      fresh.map((each) => each.penalty),
      recordedAt,
      by,
      importId ?? null,
    ],
  });
}

async function readPayments(tx: Tx, references: readonly string[]): Promise<Map<string, StoredPayment>> {
  if (references.length === 0) return new Map();
  const found = await tx.client.query<PaymentRow>({
    name: 'payments by reference',
    text: `select ${PAYMENT_COLUMNS} from payment_references r
     join payments p on p.employer_id = r.employer_id and p.payment_id = r.payment_id
     where r.reference = any($1::text[])`,
    values: [references],
  });
  return new Map(found.rows.map((row) => [row.reference, storedPayment(row)]));
}

export type PaymentRow = {
  employer_id: string;
  payment_id: string;
  reference: string;
  amount: number;
  paid_on: Day;
  period: Period | null;
  channel: string | null;
  penalty: boolean;
  recorded_at: Date;
};

/** The columns of {@link PaymentRow}, for a select on `payments` as `p`. */
export const PAYMENT_COLUMNS =
  'p.employer_id, p.payment_id, p.reference, p.amount, p.paid_on, p.period, p.channel, p.penalty, p.recorded_at';

export function storedPayment(row: PaymentRow): StoredPayment {
  return {
    employerId: row.employer_id,
    paymentId: row.payment_id,
    reference: row.reference,
    amount: row.amount,
    paidOn: row.paid_on,
    ...(row.period !== null && { period: row.period }),
    ...(row.channel !== null && { channel: row.channel }),
    penalty: row.penalty,
    recordedAt: row.recorded_at,
  };
}

function sameContent(a: ReportedPayment, b: ReportedPayment): boolean {
  return (
    a.employerId === b.employerId &&
    a.amount === b.amount &&
    a.paidOn === b.paidOn &&
    a.period === b.period &&
    a.channel === b.channel &&
    a.penalty === b.penalty
  );
}
