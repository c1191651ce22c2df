import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_RUPIAH, RupiahOverflow } from '#src/domain/money.ts';
import { BPU_SECTORS, JKK_CLASSES } from '#src/domain/parameters.ts';
import { assessInformalWorker, BPU_PROGRAMMES } from '#src/domain/rules/bpu.ts';
import { assessProject } from '#src/domain/rules/construction.ts';
import { assessWorker, totalsOf } from '#src/domain/rules/contributions.ts';
import { allocationOf, recompositionOf } from '#src/domain/rules/jkp.ts';
import { averagedWage, monthlyWageOfDaily } from '#src/domain/rules/monthly-wage.ts';
import { isInForce, underReliefs } from '#src/domain/rules/relief.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const amount = fc.oneof(
  fc.integer({ min: 1, max: 30_000_000 }),
  fc.integer({ min: 1, max: 10_000_000_000 }),
  fc.integer({ min: 1, max: MAX_RUPIAH }),
);
const inOrder = fc.tuple(amount, amount).map((pair) => pair.sort((a, b) => a - b));
const period = fc.constantFrom('2020-08', '2021-02', '2024-06', '2025-02', '2025-03', '2026-02', '2026-06');

describe('an informal worker', () => {
  const rest = fc.record({
    programmes: fc.uniqueArray(fc.constantFrom(...BPU_PROGRAMMES), { minLength: 1 }),
    sector: fc.constantFrom(...BPU_SECTORS),
    governmentPaid: fc.boolean(),
  });

  test('pays the whole bill, and never less for a higher income', () => {
    fc.assert(
      fc.property(inOrder, rest, period, ([low, high], more, month) => {
        const [less, greater] = [low, high].map((income) =>
          totalsOf(assessInformalWorker(law.at(month), { ...more, income: income! })),
        );
        expect(less!.employer).toBe(0);
        expect(less!.worker).toBe(less!.bill);
        expect(less!.bill).toBeLessThanOrEqual(greater!.bill);
      }),
    );
  });
});

describe('a construction project', () => {
  const bill = (month: string, project: Parameters<typeof assessProject>[1]) =>
    totalsOf(assessProject(law.at(month), project));

  test('is the employer’s alone, and never costs less for a higher value or wages', () => {
    fc.assert(
      fc.property(inOrder, period, ([low, high], month) => {
        for (const by of ['contractValueExclVat', 'monthlyWages'] as const) {
          const of = (value: number) => bill(month, { [by]: value } as Parameters<typeof assessProject>[1]);
          expect(of(low!).worker).toBe(0);
          expect(of(low!).employer).toBe(of(low!).bill);
          expect(of(low!).bill).toBeLessThanOrEqual(of(high!).bill);
        }
      }),
    );
  });

  test('is exact up to the largest amount', () => {
    // 5,940,000 of the first 5 billion, and 0.09 % of the rest.
    const { JKK } = assessProject(law.at('2026-06'), { contractValueExclVat: MAX_RUPIAH });
    expect(JKK!.employer).toBe(5_940_000 + ((MAX_RUPIAH - 5_000_000_000) / 10_000) * 9);
  });
});

describe('the allocation to JKP', () => {
  test('keeps and moves together what is billed, and never less than nothing', () => {
    const jkkClass = fc.constantFrom(...JKK_CLASSES);
    const wage = fc.integer({ min: 1, max: 20_000_000 });
    fc.assert(
      fc.property(
        wage,
        jkkClass,
        period,
        fc.boolean(),
        fc.boolean(),
        (each, risk, month, enrolled, asked) => {
          const relieved = asked && isInForce(law.at(month), 'PP7/2025');
          const parameters = underReliefs(law.at(month), relieved ? ['PP7/2025'] : []);
          const billed = assessWorker(parameters, risk, ['JKK', 'JKM', 'JHT'], each);
          const recomposition = recompositionOf(parameters, billed, each, { enrolled });
          const { JKK, JKM, JKP, stateJkp } = allocationOf(billed, recomposition);
          expect(JKK + JKM + JKP).toBe(billed.JKK!.employer + billed.JKM!.employer);
          expect(Math.min(JKK, JKM, JKP, stateJkp)).toBeGreaterThanOrEqual(0);
          if (!enrolled) expect([JKP, stateJkp]).toEqual([0, 0]);
        },
      ),
    );
  });
});

describe('the wage base', () => {
  const parameters = law.at('2026-06');

  test('of an average lies between the lowest and the highest wage that counts', () => {
    const wages = fc.array(fc.integer({ min: 0, max: MAX_RUPIAH }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(wages, (given) => {
        const average = averagedWage(parameters, 'pieceRate', given);
        expect(average).toBeGreaterThanOrEqual(Math.min(...given.slice(-3)));
        expect(average).toBeLessThanOrEqual(Math.max(...given.slice(-3)));
      }),
    );
  });

  test('of a day cannot pass what a wage can be', () => {
    expect(() => monthlyWageOfDaily(parameters, 'JHT', MAX_RUPIAH / 25 + 1)).toThrow(RupiahOverflow);
    expect(monthlyWageOfDaily(parameters, 'JHT', MAX_RUPIAH / 25)).toBe(MAX_RUPIAH);
  });
});
