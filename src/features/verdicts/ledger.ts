import { z } from 'zod';
import type { Instant } from '#src/domain/civil.ts';
import { type Ledger as DomainLedger, openCharge } from '#src/domain/ledger/ledger.ts';
import { JP_CEILING } from '#src/domain/parameters.ts';
import { CalendarProvisional, DayOut, IdOut, InstantOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';

const LedgerMonth = z
  .object({
    period: PeriodOut,
    dueOn: DayOut,
    due: RupiahOut,
    paid: RupiahOut,
    outstanding: RupiahOut,
    paidInFullOn: DayOut.optional(),
    monthsLate: z.int().min(0),
    lateCharge: RupiahOut.meta({ description: 'Late charge that has arisen, paid or not' }),
    lateChargePaid: RupiahOut,
    presumed: z.boolean().meta({ description: 'Not declared; the amount is what the last roster gives' }),
    calendarProvisional: CalendarProvisional,
    sources: z
      .array(z.object({ kind: z.enum(['declaration', 'payment', 'penalty']), id: IdOut }))
      .max(10_000)
      .meta({ description: 'Facts that the month rests on' }),
  })
  .meta({ id: 'LedgerMonth' });

export const Ledger = z
  .object({
    asOf: DayOut,
    knownAt: InstantOut,
    months: z.array(LedgerMonth).max(3000),
    credit: RupiahOut.meta({ description: 'Contributions paid that no month has taken yet' }),
    penaltyCredit: RupiahOut.meta({ description: 'Penalty payments that no late charge has taken yet' }),
    notAssessed: z
      .array(z.object({ period: PeriodOut, parameter: z.string().max(100) }))
      .max(3000)
      .optional()
      .meta({ description: 'Months that are owed, but need a value of law that is not published yet' }),
    totals: z.object({
      due: RupiahOut,
      paid: RupiahOut,
      outstanding: RupiahOut,
      lateCharge: RupiahOut,
      lateChargePaid: RupiahOut,
    }),
  })
  .meta({ id: 'Ledger' });

/** A ledger as it goes out. */
export function ledgerView(ledger: DomainLedger, knownAt: Instant): z.input<typeof Ledger> {
  const months = ledger.months.map((month) => ({
    period: month.period,
    dueOn: month.dueOn,
    due: month.due,
    paid: month.paid,
    outstanding: month.outstanding,
    ...(month.paidInFullOn && { paidInFullOn: month.paidInFullOn }),
    monthsLate: month.monthsLate,
    lateCharge: month.lateCharge,
    lateChargePaid: month.lateCharge - openCharge(month),
    presumed: month.presumed,
    ...(month.calendarProvisional && { calendarProvisional: true }),
    sources: [
      { kind: 'declaration' as const, id: month.declarationId },
      ...month.parts.map((part) => ({ kind: 'payment' as const, id: part.paymentId })),
      ...month.penaltyParts.map((part) => ({ kind: 'penalty' as const, id: part.paymentId })),
    ],
  }));
  const total = (key: 'due' | 'paid' | 'outstanding' | 'lateCharge' | 'lateChargePaid') =>
    months.reduce((sum, month) => sum + month[key], 0);
  return {
    asOf: ledger.asOf,
    knownAt,
    months,
    credit: ledger.credit,
    penaltyCredit: ledger.penaltyCredit,
    ...(ledger.unassessed.length > 0 && {
      notAssessed: ledger.unassessed.map((period) => ({ period, parameter: JP_CEILING })),
    }),
    totals: {
      due: total('due'),
      paid: total('paid'),
      outstanding: total('outstanding'),
      lateCharge: total('lateCharge'),
      lateChargePaid: total('lateChargePaid'),
    },
  };
}
