import { z } from 'zod';
import type { StoredPayment } from '#src/facts/index.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import {
  AmountField,
  DayField,
  DayOut,
  IdOut,
  InstantOut,
  PeriodField,
  PeriodOut,
  RupiahOut,
  text,
} from '#src/http/fields.ts';

export const PaymentCreate = z
  .strictObject({
    employer: EmployerField,
    amount: AmountField,
    paidOn: DayField,
    reference: text(200).meta({ description: "The bank's reference; unique over all payments" }),
    period: PeriodField.optional().meta({ description: 'Month that the payer states, paid first' }),
    channel: text(100).optional(),
    penalty: z.boolean().default(false).meta({ description: 'Pays late charges instead of contributions' }),
  })
  .meta({ id: 'PaymentCreate' });

export const Payment = z
  .object({
    id: IdOut,
    employerId: IdOut,
    amount: RupiahOut,
    paidOn: DayOut,
    reference: z.string().max(200),
    period: PeriodOut.optional(),
    channel: z.string().max(100).optional(),
    penalty: z.boolean(),
    recordedAt: InstantOut,
    reversal: z
      .object({
        id: IdOut,
        reason: z.string().max(500),
        reference: z.string().max(200),
        recordedAt: InstantOut,
      })
      .optional(),
  })
  .meta({ id: 'Payment' });

export type PaymentView = z.input<typeof Payment>;

export function paymentView(payment: StoredPayment): PaymentView {
  const { paymentId, employerId, amount, paidOn, reference, period, channel, penalty, recordedAt } = payment;
  return {
    id: paymentId,
    employerId,
    amount,
    paidOn,
    reference,
    ...(period && { period }),
    ...(channel && { channel }),
    penalty,
    recordedAt: recordedAt.toISOString(),
  };
}
