import { onDay } from '#src/domain/civil.ts';
import { type ReportedPayment, recordPayments } from '#src/facts/index.ts';
import { recordedBy } from '#src/http/actor.ts';
import { employersByIdentifier } from './employers-by-identifier.ts';
import { blockOf, lineOutcome, linesOf, packRow } from './line-blocks.ts';
import { type PaymentRow, paymentRows } from './payment-rows.ts';
import type { LineFault, Plan } from './plan.ts';

/** Payments: each line is a group of its own; one that is recorded already with the same content is accepted. */
export function paymentPlan(): Plan<'payments', PaymentRow> {
  return {
    reader: paymentRows,
    pack: packRow,
    chunksAtOnce: 1,
    linesAtOnce: 1_000,
    keyOf: (_row, index) => blockOf(index),
    async apply({ deps, actor, importId }, tx, bundles) {
      const { lines, unread } = linesOf<PaymentRow>(bundles);
      const employers = await employersByIdentifier(
        tx,
        actor,
        'npp',
        lines.map(({ row }) => row.npp),
      );
      const since = onDay(deps.law.firstPeriod, 1);
      const faults: LineFault<'payments'>[] = [];
      const payments: (ReportedPayment & { line: number })[] = [];
      for (const { line, row } of lines) {
        const { npp, ...payment } = row;
        const employerId = employers.get(npp);
        if (employerId === undefined) {
          faults.push({ line, column: 'npp', value: npp, code: 'employer_not_found' });
        } else if (row.paidOn < since) {
          faults.push({ line, column: 'paidOn', value: row.paidOn, code: 'before_programmes' });
        } else {
          payments.push({ ...payment, employerId, line });
        }
      }
      const recorded =
        payments.length > 0 ? await recordPayments(deps, tx, recordedBy(actor), payments, importId) : [];
      for (const [index, { kind }] of recorded.entries()) {
        const { line, reference } = payments[index]!;
        if (kind === 'reused')
          faults.push({ line, column: 'reference', value: reference, code: 'reference_reused' });
      }
      return lineOutcome(lines.length, unread, faults);
    },
  };
}
