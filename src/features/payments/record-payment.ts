import { type Day, dayOf, onDay } from '#src/domain/civil.ts';
import { recordPayments } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { PUBLIC_BODIES, recordedBy, requireKind } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Payment, PaymentCreate, paymentView } from './payment.ts';

export const recordPayment: UseCase = (app, deps) => {
  app.post(
    '/v1/payments',
    {
      config: {
        access: { anyOf: ['payments:write'] },
        problems: ['not_found', 'kind_not_allowed', 'reference_reused'],
      },
      schema: {
        operationId: 'recordPayment',
        tags: ['contributions'],
        summary: 'Record a payment; the same reference with the same content again answers with the first',
        body: PaymentCreate,
        response: { 200: Payment, 201: Payment },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { employer, ...content } = request.body;
      refusePaymentDay(content.paidOn, dayOf(deps.clock()), onDay(deps.law.firstPeriod, 1));
      return once(deps, request, reply, async (tx) => {
        const { employerId } = await findEmployer(tx.client, actor, employer);
        requireKind(actor, PUBLIC_BODIES);
        const [outcome] = await recordPayments(deps, tx, recordedBy(actor), [{ employerId, ...content }]);
        if (!outcome || outcome.kind === 'reused') {
          throw new Problem('reference_reused', {
            errors: [
              {
                pointer: '/reference',
                code: 'reference_reused',
                detail: {
                  id: 'Menunjuk pembayaran dengan isi lain.',
                  en: 'Names a payment with other content.',
                },
              },
            ],
          });
        }
        return { status: outcome.kind === 'created' ? 201 : 200, body: paymentView(outcome.payment) };
      });
    },
  );
};

/** A payment cannot be made tomorrow, nor before the programmes began. */
function refusePaymentDay(paidOn: Day, today: Day, since: Day): void {
  const code = paidOn > today ? 'in_future' : paidOn < since ? 'before_programmes' : undefined;
  if (code === undefined) return;
  throw new Problem('invalid_content', {
    errors: [
      {
        pointer: '/paidOn',
        code,
        detail: { id: `Antara ${since} dan ${today}.`, en: `Between ${since} and ${today}.` },
      },
    ],
  });
}
