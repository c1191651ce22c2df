import type { Day, Period } from '#src/domain/civil.ts';
import type { Payment } from '#src/domain/facts.ts';
import { add, type Rupiah } from '#src/domain/money.ts';
import type { OpenMonth } from './ledger-months.ts';

/**
 * Pays contributions by the end of `asOf`: first of the stated month, the rest of the oldest unpaid one. Returns what
 * is left over.
 */
export function applyContributions(months: OpenMonth[], payments: readonly Payment[], asOf: Day): Rupiah {
  let oldest = 0;
  let credit = 0;
  for (const payment of payments) {
    if (payment.penalty || payment.paidOn > asOf) continue;
    const stated = payment.period && monthOf(months, payment.period);
    let left = stated ? pay(stated, payment, payment.amount) : payment.amount;
    while (left > 0 && oldest < months.length) {
      const month = months[oldest]!;
      left = pay(month, payment, left);
      if (month.outstanding === 0) oldest += 1;
    }
    credit = add(credit, left);
  }
  return credit;
}

/** The month among months in order, found by halves. */
function monthOf(months: readonly OpenMonth[], period: Period): OpenMonth | undefined {
  let [low, high] = [0, months.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (months[middle]!.period < period) low = middle + 1;
    else high = middle;
  }
  return months[low]?.period === period ? months[low] : undefined;
}

function pay(month: OpenMonth, payment: Payment, amount: Rupiah): Rupiah {
  const taken = Math.min(amount, month.outstanding);
  if (taken > 0) {
    month.parts.push({ paymentId: payment.id, on: payment.paidOn, amount: taken });
    month.paid += taken;
    month.outstanding -= taken;
    if (month.outstanding === 0) month.paidInFullOn = payment.paidOn;
  }
  return amount - taken;
}

/** Pays late charges by the end of `asOf`, the oldest first; returns what is left over. */
export function applyPenalties(months: OpenMonth[], payments: readonly Payment[], asOf: Day): Rupiah {
  let oldest = 0;
  let credit = 0;
  for (const payment of payments) {
    if (!payment.penalty || payment.paidOn > asOf) continue;
    let left = payment.amount;
    for (; left > 0 && oldest < months.length; oldest += 1) {
      const month = months[oldest]!;
      const taken = Math.min(left, month.lateCharge - month.lateChargePaid);
      if (taken > 0) {
        month.lateChargePaid += taken;
        month.penaltyParts.push({ paymentId: payment.id, on: payment.paidOn, amount: taken });
        left -= taken;
      }
      if (month.lateChargePaid < month.lateCharge) break;
    }
    credit = add(credit, left);
  }
  return credit;
}
