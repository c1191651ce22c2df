import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import { factsHeldBy, factsKnownAt } from '#src/domain/facts.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import { condense, standingOf, stretchesOf } from '#src/domain/verdict/standing.ts';
import { judge } from '#src/domain/verdict/verdict.ts';
import { allFacts, history, law, TODAY } from './histories.ts';
import { labourIntensiveHistory } from './labour-intensive-histories.ts';

const RUNS = { numRuns: 300 };
const ahead = fc.integer({ min: 0, max: 500 }).map((days) => addDays(TODAY, days));

describe.each([
  ['an employer', history, '2026-01-25', 300],
  ['an employer of labour-intensive industry', labourIntensiveHistory, '2024-11-20', 730],
] as const)('of %s', (_, history, first, length) => {
  test('condensed facts give the same standing on every later day', () => {
    fc.assert(
      fc.property(history, ahead, (past, day) => {
        const facts = allFacts(past);
        expect(standingOf(condense(facts, law, TODAY), law, day)).toEqual(standingOf(facts, law, day));
      }),
      RUNS,
    );
  });

  test('the status holds on every day before validUntil, and changes on it', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 120 }), (past, days) => {
        const facts = allFacts(past);
        const { status, validUntil } = standingOf(facts, law, TODAY);
        const some = addDays(TODAY, days);
        if (validUntil === null || some < validUntil) expect(judge(facts, law, some).status).toBe(status);
        if (validUntil !== null) {
          expect(judge(facts, law, addDays(validUntil, -1)).status).toBe(status);
          expect(judge(facts, law, validUntil).status).not.toBe(status);
        }
      }),
      RUNS,
    );
  });

  test('stretches say of each day what a judgement of that day says', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 44 }), (past, days) => {
        const facts = allFacts(past);
        const day = addDays(TODAY, days);
        const covering = stretchesOf(facts, law, TODAY, addDays(TODAY, 45)).filter(
          ({ from, until }) => from <= day && day < until,
        );
        const { status, reasons, arrears, restrictions } = judge(facts, law, day);
        expect(covering).toMatchObject([
          {
            status,
            arrears,
            codes: [...new Set(reasons.map(({ code }) => code))],
            flagged: restrictions.length > 0,
          },
        ]);
      }),
      RUNS,
    );
  });

  test('the sums of a ledger balance', () => {
    fc.assert(
      fc.property(history, ahead, (past, day) => {
        const facts = allFacts(past);
        const ledger = ledgerOf(facts, law, day);
        const paid = ledger.months.reduce((sum, month) => sum + month.paid, 0);
        for (const month of ledger.months) {
          expect(month.due).toBe(month.paid + month.outstanding);
          expect(month.paid).toBe(month.parts.reduce((sum, part) => sum + part.amount, 0));
          expect(month.lateChargePaid).toBeLessThanOrEqual(month.lateCharge);
        }
        const received = facts.payments
          .filter(({ penalty }) => !penalty)
          .reduce((sum, { amount }) => sum + amount, 0);
        expect(paid + ledger.credit).toBe(received);
        const penalties = facts.payments
          .filter(({ penalty }) => penalty)
          .reduce((sum, { amount }) => sum + amount, 0);
        const covered = ledger.months.reduce((sum, month) => sum + month.lateChargePaid, 0);
        expect(covered + ledger.penaltyCredit).toBe(penalties);
      }),
      RUNS,
    );
  });

  test('of a past day, validUntil is what the facts that held by then promised', () => {
    const past = fc.integer({ min: 0, max: length }).map((days) => addDays(first, days));
    fc.assert(
      fc.property(history, past, fc.integer({ min: 1, max: 400 }), (from, asOf, days) => {
        const facts = allFacts(from);
        const held = factsHeldBy(facts, asOf);
        const { status, validUntil } = standingOf(facts, law, asOf);
        expect(judge(held, law, asOf).status).toBe(status);
        const some = addDays(asOf, days);
        if (validUntil === null || some < validUntil) expect(judge(held, law, some).status).toBe(status);
        else expect(judge(held, law, validUntil).status).not.toBe(status);
      }),
      RUNS,
    );
  });
});

test('facts that are condensed at some time give the same standing on every later day', () => {
  const time = fc.integer({ min: 0, max: 730 }).map((days) => addDays('2024-11-20', days));
  fc.assert(
    fc.property(labourIntensiveHistory, time, fc.integer({ min: 0, max: 500 }), (past, today, days) => {
      const facts = factsHeldBy(factsKnownAt(past, `${today}T23:00:00.000Z`)!, today);
      const day = addDays(today, days);
      expect(standingOf(condense(facts, law, today), law, day)).toEqual(standingOf(facts, law, day));
    }),
    RUNS,
  );
});
