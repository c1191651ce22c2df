import { z } from 'zod';
import { PAYMENT_COLUMNS, type PaymentRow, storedPayment } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Payment, type PaymentView, paymentView } from './payment.ts';
import { type ReversalRow, reversalView } from './reverse-payment.ts';

type Row = PaymentRow & { [K in keyof ReversalRow as `reversal_${K}`]: ReversalRow[K] | null };

export const listPayments: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/payments',
    {
      config: {
        access: { anyOf: ['compliance:read', 'payments:write'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listPayments',
        tags: ['contributions'],
        summary: "List an employer's payments, in order of recording",
        params: EmployerParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Payment, 'PaymentPage') },
      },
    },
    async (request, reply) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const { limit, cursor } = request.query;
      const after = cursor ? decodeCursor(cursor, ['uuid'])[0] : null;
      return sendList<Row>(deps, request, reply, {
        sql: `select ${PAYMENT_COLUMNS}, r.reversal_id as reversal_reversal_id, r.reference as reversal_reference,
                     r.reason as reversal_reason, r.recorded_at as reversal_recorded_at
              from payments p
              left join payment_reversals r on r.employer_id = p.employer_id and r.payment_id = p.payment_id
              where p.employer_id = $1 and ($2::uuid is null or p.payment_id > $2) order by p.payment_id`,
        values: [employerId, after],
        limit,
        key: (row) => [row.payment_id],
        view,
        csv: [
          'id',
          'amount',
          'paidOn',
          'reference',
          'period',
          'channel',
          'penalty',
          'recordedAt',
          'reversal.recordedAt',
        ],
      });
    },
  );
};

function view(row: Row): PaymentView {
  return {
    ...paymentView(storedPayment(row)),
    ...(row.reversal_reversal_id !== null && {
      reversal: reversalView({
        reversal_id: row.reversal_reversal_id,
        reference: row.reversal_reference!,
        reason: row.reversal_reason!,
        recorded_at: row.reversal_recorded_at!,
      }),
    }),
  };
}
