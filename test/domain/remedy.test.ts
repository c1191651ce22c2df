import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import { factsKnownAt, type History, type Payment } from '#src/domain/facts.ts';
import { ledgerOf, openCharge, overdueMonths } from '#src/domain/ledger/ledger.ts';
import { type Remedy, remedyOf } from '#src/domain/verdict/remedy.ts';
import { condense } from '#src/domain/verdict/standing.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { allFacts, history, law, TODAY } from './histories.ts';

const day = fc.integer({ min: 0, max: 200 }).map((days) => addDays(TODAY, days));

/** The history with the payments of a remedy recorded, in an order of their own. */
function paid(past: History, { payments }: Remedy, order: readonly number[]): History {
  const added = payments.map(
    ({ amount, paidOn, period, penalty = false }, index): Payment => ({
      id: `remedy-${order[index % order.length]}-${index}`,
      amount,
      paidOn,
      penalty,
      recordedAt: `9000-01-0${1 + (order[index % order.length]! % 9)}T00:00:00.000Z`,
      ...(period && { period }),
    }),
  );
  return { ...past, payments: [...past.payments, ...added.reverse()] };
}

test('paying exactly the remedy on its day gives the status that it promised, and leaves nothing open', () => {
  const order = fc.array(fc.nat(20), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(history, day, order, (past, on, recorded) => {
      const remedy = remedyOf(allFacts(past), law, on);
      const facts = factsKnownAt(paid(past, remedy, recorded), '9999')!;
      expect(judge(facts, law, on).status).toBe(remedy.statusOncePaid);
      const ledger = ledgerOf(facts, law, on);
      expect(overdueMonths(ledger)).toEqual([]);
      expect(ledger.months.filter((month) => openCharge(month) > 0)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('one rupiah less leaves something open', () => {
  fc.assert(
    fc.property(history, day, fc.nat(50), (past, on, which) => {
      const remedy = remedyOf(allFacts(past), law, on);
      fc.pre(remedy.payments.length > 0);
      const short = remedy.payments.map((payment) => ({ ...payment }));
      short[which % short.length]!.amount -= 1;
      const less = short.filter(({ amount }) => amount > 0);
      const facts = factsKnownAt(paid(past, { ...remedy, payments: less }, [1]), '9999')!;
      const ledger = ledgerOf(facts, law, on);
      const open = ledger.months.reduce((sum, month) => sum + openCharge(month), 0);
      expect(overdueMonths(ledger).reduce((sum, month) => sum + month.outstanding, open)).toBe(1);
    }),
    { numRuns: 200 },
  );
});

test('its sums add up, by month and by programme', () => {
  fc.assert(
    fc.property(history, day, (past, on) => {
      const { items, payments, total } = remedyOf(allFacts(past), law, on);
      for (const { contributions, programmes } of items) {
        expect(Object.values(programmes).reduce((sum, part) => sum + part, 0)).toBe(contributions);
      }
      expect(items.reduce((sum, item) => sum + item.contributions + item.lateCharge, 0)).toBe(total);
      expect(payments.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
    }),
  );
});

test('the charge rises on the day that it names, not before, and by what a further month costs', () => {
  fc.assert(
    fc.property(history, day, (past, on) => {
      const facts = allFacts(past);
      const { items, nextIncreaseOn, chargePerFurtherMonth } = remedyOf(facts, law, on);
      const periods = new Set(items.map(({ period }) => period));
      const charge = (asOf: string) =>
        ledgerOf(facts, law, asOf)
          .months.filter(({ period }) => periods.has(period))
          .reduce((sum, month) => sum + month.lateCharge, 0);
      if (nextIncreaseOn === undefined) {
        expect(chargePerFurtherMonth).toBe(0);
        return;
      }
      expect(charge(addDays(nextIncreaseOn, -1))).toBe(charge(on));
      expect(charge(nextIncreaseOn)).toBeGreaterThan(charge(on));
      expect(chargePerFurtherMonth).toBeGreaterThan(0);
    }),
  );
});

test('a summary gives the same remedy as all facts', () => {
  fc.assert(
    fc.property(history, day, (past, on) => {
      const facts = allFacts(past);
      expect(remedyOf(condense(facts, law, TODAY), law, on)).toEqual(remedyOf(facts, law, on));
    }),
  );
});
