import { describe, expect, test } from 'vitest';
import { calculateWageEarner } from '#src/domain/calculation.ts';
import { ParameterNotPublished } from '#src/domain/parameters.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();

describe('a calculation', () => {
  test('can be followed step by step', () => {
    const earner = { wage: 10_000_000, jkkClass: 'III', programmes: ['JKK', 'JHT'] } as const;
    expect(calculateWageEarner(law.at('2026-07'), earner, 'id')).toEqual({
      programmes: {
        JKK: { employer: 89_000, worker: 0, base: 10_000_000 },
        JHT: { employer: 370_000, worker: 200_000, base: 10_000_000 },
      },
      totals: { employer: 459_000, worker: 200_000, bill: 659_000 },
      dueOn: '2026-08-18',
      steps: [
        {
          what: 'JKK III, pemberi kerja',
          formula: 'Rp 10.000.000 × 0,89 % = Rp 89.000',
          value: 89_000,
          article: 'PP 44/2015 art. 16(1)c',
        },
        {
          what: 'JHT, pemberi kerja',
          formula: 'Rp 10.000.000 × 3,7 % = Rp 370.000',
          value: 370_000,
          article: 'PP 46/2015 art. 16(1)',
        },
        {
          what: 'JHT, pekerja',
          formula: 'Rp 10.000.000 × 2 % = Rp 200.000',
          value: 200_000,
          article: 'PP 46/2015 art. 16(1)',
        },
        {
          what: 'Jumlah tagihan',
          formula: 'Rp 459.000 + Rp 200.000 = Rp 659.000',
          value: 659_000,
          article: 'UU 24/2011 art. 19(1)-(2)',
        },
        {
          what: 'Jatuh tempo',
          formula: 'tanggal 15, digeser ke hari kerja 2026-08-18',
          value: '2026-08-18',
          article: 'PP 44/2015 art. 21',
        },
      ],
    });
  });

  test('shows the ceiling where JP is asked', () => {
    const { steps } = calculateWageEarner(law.at('2026-03'), { wage: 15_000_000, programmes: ['JP'] }, 'en');
    expect(steps.map(({ formula }) => formula)).toEqual([
      'lower of Rp 15,000,000; Rp 11,086,300 = Rp 11,086,300',
      'Rp 11,086,300 × 2 % = Rp 221,726',
      'Rp 11,086,300 × 1 % = Rp 110,863',
      'Rp 221,726 + Rp 110,863 = Rp 332,589',
      'day 15',
    ]);
  });

  test('says that class I was assumed, where JKK is asked without a class', () => {
    const steps = (programmes: readonly ('JKK' | 'JKM')[]) =>
      calculateWageEarner(law.at('2026-06'), { wage: 1_000_000, programmes }, 'en').steps;
    expect(steps(['JKK'])[0]).toMatchObject({ formula: 'taken as class I', value: 'I' });
    expect(steps(['JKM'])[0]).toMatchObject({ what: 'JKM, employer' });
  });

  test('says where it rounded and where holidays are not decreed yet', () => {
    const { steps } = calculateWageEarner(law.at('2026-12'), { wage: 1_000_001, programmes: ['JKM'] }, 'en');
    expect(steps[0]!.formula).toBe('Rp 1,000,001 × 0.3 % ≈ Rp 3,000');
    expect(steps.at(-1)!.formula).toBe('day 15, holidays not decreed yet');
  });

  test('refuses a month whose ceiling is not published', () => {
    const calculate = () =>
      calculateWageEarner(law.at('2027-03'), { wage: 1_000_000, programmes: ['JP'] }, 'id');
    expect(calculate).toThrow(ParameterNotPublished);
  });
});
