import { z } from 'zod';
import { type Tx, uuidv7 } from '#src/db/index.ts';
import {
  lockEmployers,
  PAYMENT_COLUMNS,
  type PaymentRow,
  renewSummaries,
  storedPayment,
} from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { PUBLIC_BODIES, recordedBy, requireKind } from '#src/http/actor.ts';
import { IdField, text } from '#src/http/fields.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Payment, paymentView } from './payment.ts';

const ReversalCreate = z
  .strictObject({ reason: text(500), reference: text(200) })
  .meta({ id: 'ReversalCreate' });

export const reversePayment: UseCase = (app, deps) => {
  app.post(
    '/v1/payments/:id/reversals',
    {
      config: {
        access: { anyOf: ['payments:write'] },
        problems: ['not_found', 'kind_not_allowed', 'already_reversed'],
      },
      schema: {
        operationId: 'reversePayment',
        tags: ['contributions'],
        summary: 'Take a payment back; before its recording it still counts as known',
        params: z.strictObject({ id: IdField }),
        body: ReversalCreate,
        response: { 200: Payment, 201: Payment },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { reason, reference } = request.body;
      return once(deps, request, reply, async (tx) => {
        const row = await findPayment(tx, request.params.id);
        if (!row) throw new Problem('not_found');
        await findEmployer(tx.client, actor, row.employer_id);
        requireKind(actor, PUBLIC_BODIES);
        const recordedAt = await lockEmployers(deps, tx, [row.employer_id]);
        const inserted = await tx.client.query(
          `insert into payment_reversals (employer_id, payment_id, reversal_id, reference, reason, recorded_at,
                                          recorded_by)
           values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
          [row.employer_id, row.payment_id, uuidv7(), reference, reason, recordedAt, recordedBy(actor)],
        );
        const created = inserted.rowCount === 1;
        if (created) await renewSummaries(deps, tx, [row.employer_id], recordedAt);
        const reversal = await readReversal(tx, row);
        if (reversal.reference !== reference || reversal.reason !== reason)
          throw new Problem('already_reversed');
        const body = { ...paymentView(storedPayment(row)), reversal: reversalView(reversal) };
        return { status: created ? 201 : 200, body };
      });
    },
  );
};

export type ReversalRow = { reversal_id: string; reference: string; reason: string; recorded_at: Date };

export function reversalView(row: ReversalRow) {
  return {
    id: row.reversal_id,
    reason: row.reason,
    reference: row.reference,
    recordedAt: row.recorded_at.toISOString(),
  };
}

async function readReversal(tx: Tx, { employer_id, payment_id }: PaymentRow): Promise<ReversalRow> {
  const found = await tx.client.query<ReversalRow>(
    `select reversal_id, reference, reason, recorded_at from payment_reversals
     where employer_id = $1 and payment_id = $2`,
    [employer_id, payment_id],
  );
  return found.rows[0]!;
}

async function findPayment(tx: Tx, paymentId: string): Promise<PaymentRow | undefined> {
  const found = await tx.client.query<PaymentRow>(
    `select ${PAYMENT_COLUMNS} from payments p where p.payment_id = $1`,
    [paymentId],
  );
  return found.rows[0];
}
