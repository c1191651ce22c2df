import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_RUPIAH, RupiahOverflow } from '#src/domain/money.ts';
import { JKK_CLASSES, type JkkClass, ParameterNotPublished, PROGRAMMES } from '#src/domain/parameters.ts';
import { assessWorker, rosterAssessment, totalsOf } from '#src/domain/rules/contributions.ts';
import { maskOf, programmesOf } from '#src/domain/rules/programme-mask.ts';
import { billOf, rosterSums, sharesOf } from '#src/domain/rules/roster.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const parameters = law.at('2026-06');
const unpublished = law.at('2027-03');
const ceiling = parameters.jpCeiling!.value;

const wage = fc.integer({ min: 0, max: 200_000_000 });
const jkkClass = fc.constantFrom(...JKK_CLASSES);
const mask = fc.integer({ min: 0, max: 15 });
const roster = fc.array(fc.tuple(wage, mask), { maxLength: 30 });

function assess(lines: readonly (readonly [number, number])[], risk: JkkClass = 'I') {
  const assessment = rosterAssessment();
  assessment.start(parameters, risk);
  for (const [amount, programmes] of lines) assessment.add(amount, programmes);
  return { ...assessment.result(), byClass: assessment.jkkByClass() };
}

describe('properties', () => {
  test('employer and worker together are the bill', () => {
    fc.assert(
      fc.property(wage, jkkClass, mask, (amount, risk, programmes) => {
        const contributions = assessWorker(parameters, risk, programmesOf(programmes), amount);
        const { employer, worker, bill } = totalsOf(contributions);
        expect(employer + worker).toBe(bill);
        expect(Object.keys(contributions)).toEqual(programmesOf(programmes));
      }),
    );
  });

  test('a higher wage never costs less', () => {
    fc.assert(
      fc.property(wage, wage, jkkClass, mask, (a, b, risk, programmes) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const bill = (amount: number) =>
          totalsOf(assessWorker(parameters, risk, programmesOf(programmes), amount)).bill;
        expect(bill(low)).toBeLessThanOrEqual(bill(high));
      }),
    );
  });

  test('above the ceiling JP stays the same', () => {
    const atCeiling = assessWorker(parameters, 'I', ['JP'], ceiling);
    fc.assert(
      fc.property(fc.integer({ min: ceiling, max: MAX_RUPIAH }), (amount) => {
        expect(assessWorker(parameters, 'I', ['JP'], amount)).toEqual(atCeiling);
      }),
    );
  });

  test('a roster costs what its workers cost one by one', () => {
    fc.assert(
      fc.property(roster, jkkClass, (lines, risk) => {
        const whole = assess(lines, risk);
        for (const programme of PROGRAMMES) {
          const single = lines.map(([amount, programmes]) => {
            return assessWorker(parameters, risk, programmesOf(programmes), amount)[programme];
          });
          for (const field of ['employer', 'worker', 'base'] as const) {
            expect(whole[programme]?.[field] ?? 0).toBe(
              single.reduce((sum, each) => sum + (each?.[field] ?? 0), 0),
            );
          }
        }
      }),
    );
  });

  test('the order of the workers does not matter', () => {
    fc.assert(
      fc.property(
        roster.chain((lines) =>
          fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })),
        ),
        ([lines, shuffled]) => {
          expect(assess(shuffled)).toEqual(assess(lines));
        },
      ),
    );
  });

  test('every share is the exact product rounded half up, up to the largest wage', () => {
    const any = fc.oneof(wage, fc.integer({ min: 7_900_000_000, max: 8_100_000_000 }), fc.maxSafeNat());
    const exact = (base: number, ppm: number) => Number((BigInt(base) * BigInt(ppm) + 500_000n) / 1_000_000n);
    fc.assert(
      fc.property(any, (given) => {
        const amount = Math.min(given, MAX_RUPIAH);
        const { JKK, JKM, JHT } = assessWorker(parameters, 'V', ['JKK', 'JKM', 'JHT'], amount);
        expect(JKK!.employer).toBe(exact(amount, 17_400));
        expect(JKM!.employer).toBe(exact(amount, 3_000));
        expect(JHT).toEqual({ employer: exact(amount, 37_000), worker: exact(amount, 20_000), base: amount });
      }),
    );
  });

  test('programmes and masks say the same', () => {
    fc.assert(
      fc.property(mask, (programmes) => {
        expect(maskOf(programmesOf(programmes))).toBe(programmes);
      }),
    );
  });
});

test('each worker is rounded before the sum', () => {
  // 0.24 % of 2,000,125 is 4,800.3: three of them are 14,400, not 14,401.
  expect(assess(Array.from({ length: 3 }, () => [2_000_125, 1] as const)).JKK?.employer).toBe(14_400);
});

test('half a rupiah is rounded up', () => {
  expect(assessWorker(parameters, 'I', ['JP'], 50)).toEqual({ JP: { employer: 1, worker: 1, base: 50 } });
});

test('an assessment serves one roster after another', () => {
  const assessment = rosterAssessment();
  assessment.start(parameters, 'V');
  assessment.add(5_000_000, 15);
  assessment.start(parameters, 'II');
  assessment.add(5_000_000, 3);
  expect(assessment.result()).toEqual({
    JKK: { employer: 27_000, worker: 0, base: 5_000_000 },
    JKM: { employer: 15_000, worker: 0, base: 5_000_000 },
  });
  expect(assessment.jkkByClass()).toEqual([12_000, 27_000, 44_500, 63_500, 87_000]);
});

test('JKK is known for every class at once', () => {
  fc.assert(
    fc.property(roster, jkkClass, (lines, risk) => {
      const { byClass } = assess(lines, 'III');
      expect(byClass[JKK_CLASSES.indexOf(risk)]).toBe(assess(lines, risk).JKK?.employer ?? 0);
    }),
  );
});

test('a sum that is not exact any more is refused', () => {
  const assessment = rosterAssessment();
  assessment.start(parameters, 'I');
  for (let line = 0; line < 10; line += 1) assessment.add(MAX_RUPIAH, 1);
  expect(() => assessment.result()).toThrow(RupiahOverflow);
});

test('without a published ceiling only JP is refused', () => {
  expect(assessWorker(unpublished, 'I', ['JKM'], 1_000_000)).toEqual({
    JKM: { employer: 3_000, worker: 0, base: 1_000_000 },
  });
  expect(() => assessWorker(unpublished, 'I', ['JKM', 'JP'], 1_000_000)).toThrow(ParameterNotPublished);
});

test.each([-1, 0.5, Number.NaN, MAX_RUPIAH + 1])('a wage of %s is refused', (amount) => {
  expect(() => assessWorker(parameters, 'I', ['JKK'], amount)).toThrow(RangeError);
});

test('the shares of a roster stand in the order of the programmes, however it was read', () => {
  const line = { wage: 4_000_000, programmes: 15, birthDate: '1990-01-01', citizenship: 'ID' };
  const [assessment] = rosterSums(law, '2026-06', [line]).assessments;
  const { JKM, JHT, JP } = assessment!.others;
  const read = { ...assessment!, others: { JP: JP!, JHT: JHT!, JKM: JKM! } };
  expect(Object.keys(sharesOf(read, 'III'))).toEqual(PROGRAMMES);
  expect(totalsOf(sharesOf(read, 'III')).bill).toBe(billOf(assessment!, 'III'));
});
