import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsKnownAt, type History } from '#src/domain/facts.ts';
import { type Ledger, ledgerOf } from '#src/domain/ledger/ledger.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { history, law, TODAY } from './histories.ts';

/** What a ledger says, but for which payment it was of those of one day that paid a month. */
function amountsOf({ months, ...rest }: Ledger) {
  return {
    ...rest,
    months: months.map(({ parts, penaltyParts, ...month }) => ({
      ...month,
      of: byDay(parts),
      to: byDay(penaltyParts),
    })),
  };
}

function byDay(parts: readonly { on: string; amount: number }[]): Record<string, number> {
  const days: Record<string, number> = {};
  for (const { on, amount } of parts) days[on] = (days[on] ?? 0) + amount;
  return days;
}

function same(one: History, other: History): void {
  const [a, b] = [one, other].map((each) => factsKnownAt(each, '9999')!);
  expect(amountsOf(ledgerOf(b!, law, TODAY))).toEqual(amountsOf(ledgerOf(a!, law, TODAY)));
  const [before, after] = [a!, b!].map((facts) => judge(facts, law, TODAY));
  expect(after).toEqual(before);
}

const shuffled = (count: number) =>
  fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count });

test('payments of one day may come in any order', () => {
  const day = fc.constantFrom('2026-03-01', '2026-09-20', '2026-11-19');
  fc.assert(
    fc.property(
      history,
      fc.array(day, { minLength: 24, maxLength: 24 }),
      shuffled(24),
      (past, days, order) => {
        const payments = past.payments.map((payment, index) => ({ ...payment, paidOn: days[index % 24]! }));
        const recorded = payments.map((payment, index) => ({
          ...payment,
          recordedAt: `2026-11-19T05:00:${String(order[index % 24]).padStart(2, '0')}.000Z`,
        }));
        same({ ...past, payments }, { ...past, payments: recorded });
      },
    ),
    { numRuns: 200 },
  );
});

test('files with different months and payments may come in any order', () => {
  fc.assert(
    fc.property(history, shuffled(30), (past, order) => {
      const newest = new Map(past.declarations.map((each) => [each.period, each]));
      // All of them after whatever else was recorded: an upheld dispute holds for what was declared before it.
      const inOrder = (second: (index: number) => number) => {
        const at = (index: number) => `2026-11-19T05:00:${String(second(index % 30)).padStart(2, '0')}.000Z`;
        return {
          ...past,
          declarations: [...newest.values()].map((each, index) => ({ ...each, recordedAt: at(index) })),
          payments: past.payments.map((each, index) => ({ ...each, recordedAt: at(index + 7) })),
        };
      };
      same(
        inOrder((index) => index),
        inOrder((index) => order[index]!),
      );
    }),
    { numRuns: 200 },
  );
});
