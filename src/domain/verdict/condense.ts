import { addPeriods, type Day, latest } from '#src/domain/civil.ts';
import { countsThrough } from '#src/domain/evidence.ts';
import type { Facts, Payment } from '#src/domain/facts.ts';
import { decidedRelief } from '#src/domain/ledger/labour-intensive.ts';
import { type Ledger, type LedgerMonth, ledgerOf, openCharge } from '#src/domain/ledger/ledger.ts';
import type { Law } from '#src/domain/parameters.ts';
import { withJudged } from '#src/domain/sanctions/mending.ts';
import { isOver, type Plan, type Suspension } from '#src/domain/suspensions.ts';
import { withoutPastShortfalls } from './minimum-wage-reasons.ts';

/**
 * Raised whenever the code settles months in another way: what an older one left out is read again with the next roster
 * or payment. Evidence and shortfalls that count no more are left out without it.
 */
export const REVISION = 1;

/**
 * The same facts without the months, and the money, that are settled for good, and without evidence that counts no
 * more: gives the same judgement for every day from `today` on, and is small enough to be read for a single check.
 * Months are settled from the oldest on, as long as each is declared, paid in full with its late charge, and paid by
 * payments that touch no later month or only leave it a rest.
 */
export function condense(all: Facts, law: Law, today: Day): Facts {
  const evidence = all.evidence.filter((each) => countsThrough(each, law) >= today);
  const sanctions = all.sanctions.map((each) => withJudged(each, all, law, today));
  const declared = withoutPastShortfalls(all.declarations, today);
  const facts = { ...all, declarations: declared, evidence, sanctions, minimumWages: [] };
  const ledger = ledgerOf(facts, law, today);
  const settled = withoutPlanned(settledMonths(facts, ledger), facts.suspensions, today);
  const last = settled.at(-1);
  const relief = last && decidedRelief(facts, law, last.period, today);
  if (!last || !relief) return facts;
  const spent = new Map<string, number>();
  let settledOn = facts.settledOn;
  for (const month of settled) {
    for (const { paymentId, amount, on } of [...month.parts, ...month.penaltyParts]) {
      spent.set(paymentId, (spent.get(paymentId) ?? 0) + amount);
      settledOn = latest(settledOn ?? on, on);
    }
  }
  const payments = facts.payments.flatMap((payment): Payment[] => {
    const amount = payment.amount - (spent.get(payment.id) ?? 0);
    return amount > 0 ? [{ ...payment, amount }] : [];
  });
  // The last settled roster stays: it speaks for undeclared months after it, and for the programmes.
  const declarations = facts.declarations.filter((each) => each.period >= last.period);
  const suspensions = facts.suspensions.filter((each) => !isOver(each, today, last.period));
  const settling = {
    settledThrough: last.period,
    ...(settledOn !== undefined && { settledOn }),
    settledBy: REVISION,
  };
  return { ...facts, ...relief, ...settling, declarations, payments, suspensions };
}

/** Months of a plan that still matters stay: whether it is kept is told by what was paid for all of them. */
function withoutPlanned(
  settled: LedgerMonth[],
  suspensions: readonly Suspension[],
  today: Day,
): LedgerMonth[] {
  const last = settled.at(-1)?.period;
  if (last === undefined) return settled;
  const needed = suspensions
    .filter((each) => each.kind === 'plan' && !isOver(each, today, last))
    .flatMap((each) => (each as Plan).periods);
  const kept = settled.filter(({ period }) => needed.every((each) => period < each));
  // Months that stay may be those of another plan.
  return kept.length === settled.length ? kept : withoutPlanned(kept, suspensions, today);
}

function settledMonths(facts: Facts, ledger: Ledger): LedgerMonth[] {
  const statedFor = new Map(facts.payments.map((payment) => [payment.id, payment.period]));
  const settled: LedgerMonth[] = [];
  const { settledThrough } = facts;
  let next = settledThrough === undefined ? ledger.months[0]?.period : addPeriods(settledThrough, 1);
  for (const month of ledger.months) {
    const contiguous = month.period === next;
    const paid = month.outstanding === 0 && openCharge(month) === 0 && !month.presumed;
    // Money meant for a later month goes there as soon as that month is assessed, and leaves this one.
    const lent = month.parts.some(
      ({ paymentId }) => latest(statedFor.get(paymentId) ?? '', month.period) !== month.period,
    );
    if (!contiguous || !paid || lent) break;
    settled.push(month);
    next = addPeriods(month.period, 1);
  }
  return settled;
}
