import { describe, expect, test } from 'vitest';
import { calculateInformalWorker } from '#src/domain/calculation/bpu-calculation.ts';
import { calculateWageEarner, type WageEarner } from '#src/domain/calculation/calculation.ts';
import type { Calculation } from '#src/domain/calculation/calculation-steps.ts';
import { calculateProject } from '#src/domain/calculation/construction-calculation.ts';
import { ParameterNotPublished, PROGRAMMES, type Programme } from '#src/domain/parameters.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const wageEarner = (period: string, earner: WageEarner) => calculateWageEarner(law, period, earner, 'en');
const formulas = ({ steps }: { steps: { formula: string }[] }) => steps.map(({ formula }) => formula);

describe('a calculation for a wage earner', () => {
  test('can be followed step by step', () => {
    const earner = { wage: 10_000_000, jkkClass: 'III', programmes: ['JKK', 'JHT'] } as const;
    expect(calculateWageEarner(law, '2026-07', earner, 'id')).toEqual({
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
          article: 'PP 44/2015 Pasal 16 ayat (1) huruf c',
          parameter: 'pp-44-2015/jkk/class-iii',
        },
        {
          what: 'JHT, pemberi kerja',
          formula: 'Rp 10.000.000 × 3,7 % = Rp 370.000',
          value: 370_000,
          article: 'PP 46/2015 Pasal 16 ayat (1)',
          parameter: 'pp-46-2015/jht/employer',
        },
        {
          what: 'JHT, pekerja',
          formula: 'Rp 10.000.000 × 2 % = Rp 200.000',
          value: 200_000,
          article: 'PP 46/2015 Pasal 16 ayat (1)',
          parameter: 'pp-46-2015/jht/worker',
        },
        {
          what: 'Dibayar pemberi kerja',
          formula: 'Rp 89.000 + Rp 370.000 = Rp 459.000',
          value: 459_000,
          article: 'UU 24/2011 Pasal 19 ayat (2)',
        },
        {
          what: 'Jumlah tagihan',
          formula: 'Rp 459.000 + Rp 200.000 = Rp 659.000',
          value: 659_000,
          article: 'UU 24/2011 Pasal 19 ayat (1) dan ayat (2)',
        },
        {
          what: 'Jatuh tempo',
          formula:
            'tanggal 15 bulan berikutnya: 15 Agustus 2026 (Sabtu) → 16 Agustus 2026 (Minggu) → ' +
            '17 Agustus 2026 (Hari Kemerdekaan) → 18 Agustus 2026',
          value: '2026-08-18',
          article: 'PP 44/2015 Pasal 21',
          parameter: 'pp-44-2015/payment/due-day',
        },
      ],
    });
  });

  test('shows the ceiling where JP is asked', () => {
    expect(formulas(wageEarner('2026-03', { wage: 15_000_000, programmes: ['JP'] }))).toEqual([
      'the lower of Rp 15,000,000 and Rp 11,086,300 = Rp 11,086,300',
      'Rp 11,086,300 × 2 % = Rp 221,726',
      'Rp 11,086,300 × 1 % = Rp 110,863',
      'Rp 221,726 + Rp 110,863 = Rp 332,589',
      'day 15 of the following month: 15 April 2026',
    ]);
  });

  test('says that class I was assumed, where JKK is asked without a class', () => {
    const steps = (programmes: readonly ('JKK' | 'JKM')[]) =>
      wageEarner('2026-06', { wage: 1_000_000, programmes }).steps;
    expect(steps(['JKK'])[0]).toMatchObject({
      formula: 'taken as class I',
      value: 'I',
      article: 'Patuh policy on the JKK class without a decision',
      parameter: 'policy/class-without-decision',
    });
    expect(steps(['JKM'])[0]).toMatchObject({ what: 'JKM, employer' });
  });

  test('says where it rounded and where holidays are not entered', () => {
    const calculation = wageEarner('2026-12', { wage: 1_000_001, programmes: ['JKM'] });
    expect(calculation.calendarProvisional).toBe(true);
    expect(formulas(calculation)[0]).toBe('Rp 1,000,001 × 0.3 % ≈ Rp 3,000');
    expect(calculation.steps[1]).toMatchObject({
      what: 'Rounding wherever ≈ stands',
      formula: expect.stringContaining('half a rupiah up'),
      parameter: 'policy/rounding',
    });
    const rulesIn = (wage: number) =>
      wageEarner('2026-12', { wage, programmes: ['JKM', 'JHT'] }).steps.filter(
        ({ parameter }) => parameter === 'policy/rounding',
      );
    expect(rulesIn(1_000_001)).toHaveLength(1);
    expect(rulesIn(1_000_000)).toHaveLength(0);
    expect(formulas(calculation).at(-1)).toBe(
      'day 15 of the following month: 15 January 2027, holidays of that year not entered',
    );
  });

  test('shows what PP 49/2020 leaves of JKK and JKM, and the due day that moves back', () => {
    const calculation = wageEarner('2020-09', {
      wage: 10_000_000,
      jkkClass: 'III',
      programmes: ['JKK', 'JKM', 'JHT'],
    });
    expect(calculation.programmes).toMatchObject({
      JKK: { employer: 890 },
      JKM: { employer: 300 },
      JHT: { employer: 370_000 },
    });
    expect(calculation.steps[0]).toMatchObject({
      formula: 'Rp 10,000,000 × 0.89 % × 1 % = Rp 890',
      article: 'PP 44/2015 art. 16(1)c; PP 49/2020 art. 8',
    });
    expect(wageEarner('2020-12', { wage: 1, programmes: ['JHT'] }).dueOn).toBe('2021-01-29');
    expect(wageEarner('2021-01', { wage: 1, programmes: ['JHT'] }).dueOn).toBe('2021-02-26');
    expect(formulas(wageEarner('2021-01', { wage: 1, programmes: ['JHT'] })).at(-1)).toBe(
      'day 30 of the following month: 28 February 2021 (Sunday) → 27 February 2021 (Saturday) → 26 February 2021, ' +
        'holidays of that year not entered',
    );
  });

  test('shows how what each payer pays arises, before the bill', () => {
    const earner = { wage: 5_000_000, jkkClass: 'I', programmes: PROGRAMMES } as const;
    const { steps } = wageEarner('2026-06', earner);
    const bill = steps.findIndex(({ what }) => what === 'Bill');
    expect(steps.slice(bill - 2, bill + 1)).toMatchObject([
      {
        what: 'Paid by the employer',
        formula: 'Rp 12,000 + Rp 15,000 + Rp 185,000 + Rp 100,000 = Rp 312,000',
        article: 'UU 24/2011 art. 19(2)',
      },
      { what: 'Collected from the worker', formula: 'Rp 100,000 + Rp 50,000 = Rp 150,000' },
      { formula: 'Rp 312,000 + Rp 150,000 = Rp 462,000' },
    ]);
  });

  test('cites for JHT or JP alone the regulation of that programme', () => {
    const cited = (programmes: readonly Programme[], period = '2026-06') =>
      wageEarner(period, { wage: 5_000_000, programmes }).steps.map(({ article }) => article);
    expect(cited(['JHT']).join()).not.toContain('PP 44/2015');
    expect(cited(['JHT']).at(-1)).toBe('PP 46/2015');
    expect(cited(['JHT', 'JP']).at(-1)).toBe('PP 46/2015; PP 45/2015');
    expect(cited(['JKM', 'JHT']).at(-1)).toBe('PP 44/2015 art. 21');
    expect(cited(['JHT'], '2020-10').at(-1)).toBe('PP 49/2020 art. 4');
  });

  test('shows what JP is put off', () => {
    const earner: WageEarner = { wage: 5_000_000, programmes: ['JP'], reliefs: ['PP49/2020-JP'] };
    const calculation = wageEarner('2020-10', earner);
    expect(calculation).toMatchObject({
      programmes: { JP: { employer: 1_000, worker: 500, base: 5_000_000 } },
      totals: { bill: 1_500 },
      deferred: 148_500,
    });
    expect(formulas(calculation)).toEqual([
      'the lower of Rp 5,000,000 and Rp 8,939,700 = Rp 5,000,000',
      'Rp 5,000,000 × 2 % × 1 % = Rp 1,000',
      'Rp 5,000,000 × 1 % × 1 % = Rp 500',
      'Rp 1,000 + Rp 500 = Rp 1,500',
      'Rp 5,000,000 × 2 % = Rp 100,000',
      'Rp 100,000 − Rp 1,000 = Rp 99,000',
      'Rp 5,000,000 × 1 % = Rp 50,000',
      'Rp 50,000 − Rp 500 = Rp 49,500',
      'Rp 99,000 + Rp 49,500 = Rp 148,500',
      'day 30 of the following month: 30 November 2020, holidays of that year not entered',
    ]);
  });

  test('says that the worker’s share is collected whole while JP is put off', () => {
    const earner: WageEarner = { wage: 5_000_000, programmes: ['JP'], reliefs: ['PP49/2020-JP'] };
    expect(wageEarner('2020-10', earner).steps).toContainEqual({
      what: 'JP, worker, still collected whole by the employer',
      formula: 'Rp 5,000,000 × 1 % = Rp 50,000',
      value: 50_000,
      article: 'PP 45/2015 art. 28(3); PP 49/2020 art. 17(1)',
      parameter: 'pp-45-2015/jp/worker',
    });
  });

  test('shows JKK and JKM as kept wherever JKP is asked, and one article where nothing moves', () => {
    const earner = { wage: 5_000_000, jkkClass: 'II', programmes: ['JKK', 'JKM', 'JHT'] } as const;
    const kept = (period: string, jkp: boolean, arrearsAtPromulgation = false) =>
      wageEarner(period, { ...earner, jkp, arrearsAtPromulgation })
        .steps.filter(({ what }) => what.startsWith('Kept'))
        .map(({ formula, article }) => ({ formula, article }));
    const whole = [
      { formula: 'Rp 27,000 − Rp 0 = Rp 27,000', article: 'PP 44/2015 art. 16A(3)' },
      { formula: 'Rp 15,000 − Rp 0 = Rp 15,000', article: 'PP 44/2015 art. 16A(3)' },
    ];
    expect(kept('2026-06', false)).toEqual(whole);
    expect(kept('2023-08', true, true)).toEqual(whole);
    expect(kept('2026-06', true)).toEqual([
      { formula: 'Rp 27,000 − Rp 7,000 = Rp 20,000', article: 'PP 6/2025 art. 11' },
      { formula: 'Rp 15,000 − Rp 0 = Rp 15,000', article: 'PP 6/2025 art. 11' },
    ]);
  });

  test('shows where the billed money goes', () => {
    const programmes = ['JKK', 'JKM', 'JHT'] as const;
    const earner = { wage: 6_000_000, jkkClass: 'II', programmes, jkp: true } as const;
    const calculation = wageEarner('2024-06', earner);
    expect(calculation.allocation).toEqual({ JKK: 25_400, JKM: 13_000, JKP: 12_000, stateJkp: 11_000 });
    expect(formulas(calculation).slice(6, -1)).toEqual([
      'the lower of Rp 6,000,000 and Rp 5,000,000 = Rp 5,000,000',
      'Rp 5,000,000 × 0.14 % = Rp 7,000',
      'Rp 32,400 − Rp 7,000 = Rp 25,400',
      'Rp 5,000,000 × 0.1 % = Rp 5,000',
      'Rp 18,000 − Rp 5,000 = Rp 13,000',
      'Rp 7,000 + Rp 5,000 = Rp 12,000',
      'Rp 5,000,000 × 0.22 % = Rp 11,000',
    ]);
    expect(wageEarner('2024-06', { ...earner, jkp: undefined }).allocation).toBeUndefined();
    const whole = { JKK: 32_400, JKM: 18_000, JKP: 0, stateJkp: 0 };
    expect(wageEarner('2024-06', { ...earner, jkp: false }).allocation).toEqual(whole);
    expect(wageEarner('2023-06', { ...earner, arrearsAtPromulgation: true }).allocation).toEqual(whole);
    expect(wageEarner('2021-01', { ...earner }).allocation).toEqual({
      JKK: 324,
      JKM: 180,
      JKP: 0,
      stateJkp: 0,
    });
  });

  test('moves no more to JKP than the JKK that PP 7/2025 leaves', () => {
    const programmes = ['JKK', 'JKM', 'JHT'] as const;
    const calculation = wageEarner('2025-03', {
      wage: 5_000_000,
      programmes,
      jkp: true,
      reliefs: ['PP7/2025'],
    });
    expect(calculation.allocation).toEqual({ JKK: 0, JKM: 15_000, JKP: 6_000, stateJkp: 11_000 });
    expect(formulas(calculation)).toContain('the lower of Rp 7,000 and Rp 6,000 = Rp 6,000');
    expect(calculation.steps[1]).toMatchObject({
      what: 'JKK I, employer, with relief',
      article: 'PP 7/2025 art. 4(1)',
    });
  });

  test('applies a relief in its months only, and says where it does not', () => {
    const ask = (
      period: string,
      relief: 'PP7/2025' | 'PP49/2020-JP',
      programmes: readonly Programme[] = PROGRAMMES,
    ) => wageEarner(period, { wage: 10_000_000, programmes, reliefs: [relief] });
    const normal = (period: string) =>
      wageEarner(period, { wage: 10_000_000, programmes: PROGRAMMES }).totals;
    const notApplied = ({ steps }: Calculation) => steps.find(({ value }) => value === 'not applied');
    for (const [before, first, last, after, relief] of [
      ['2025-01', '2025-02', '2026-01', '2026-02', 'PP7/2025'],
      ['2020-07', '2020-08', '2021-01', '2021-02', 'PP49/2020-JP'],
    ] as const) {
      for (const inside of [first, last]) {
        expect(ask(inside, relief).totals.bill).toBeLessThan(normal(inside).bill);
        expect(notApplied(ask(inside, relief))).toBeUndefined();
      }
      for (const outside of [before, after]) {
        expect(ask(outside, relief).totals).toEqual(normal(outside));
        expect(notApplied(ask(outside, relief))).toMatchObject({ what: `Relief ${relief}` });
      }
    }
    const without = ask('2025-03', 'PP7/2025', ['JKM']);
    expect(notApplied(without)).toMatchObject({ formula: 'without the programme JKK', article: 'PP 7/2025' });
    expect(ask('2020-10', 'PP49/2020-JP', ['JKM']).deferred).toBeUndefined();
  });

  test('refuses a month whose ceiling is not published', () => {
    expect(() => wageEarner('2027-03', { wage: 1_000_000, programmes: ['JP'] })).toThrow(
      ParameterNotPublished,
    );
  });
});

describe('a calculation for an informal worker', () => {
  const worker = { income: 3_500_000, programmes: ['JKK', 'JKM', 'JHT'], sector: 'transport' } as const;

  test('shows the band, the discount and the due day in the month itself', () => {
    const calculation = calculateInformalWorker(law, '2026-01', worker, 'en');
    expect(calculation).toMatchObject({
      programmes: { JKK: { employer: 0, worker: 17_250, base: 3_450_000 }, JKM: { worker: 3_400 } },
      totals: { employer: 0, worker: 89_650, bill: 89_650 },
      dueOn: '2026-01-15',
    });
    expect(formulas(calculation)).toEqual([
      'Rp 3,500,000 (from Rp 3,200,000, below Rp 3,700,000) → Rp 3,450,000',
      'Rp 3,450,000 × 1 % × 50 % = Rp 17,250',
      'Rp 6,800 × 50 % = Rp 3,400',
      'Rp 3,450,000 × 2 % = Rp 69,000',
      'Rp 17,250 + Rp 3,400 + Rp 69,000 = Rp 89,650',
      'day 15 of the contribution month: 15 January 2026',
    ]);
  });

  test('says why there is no discount', () => {
    const paid = calculateInformalWorker(law, '2026-01', { ...worker, governmentPaid: true }, 'id');
    expect(paid.totals.bill).toBe(34_500 + 6_800 + 69_000);
    expect(formulas(paid)).toContain('dibayar dari APBN atau APBD');
    const named = paid.steps.map(({ what }) => what);
    expect(named).toContain('JKK, dibayar dari APBN atau APBD');
    expect(named.join()).not.toContain('dibayar sendiri');
  });

  test('cites no tariff for the sum', () => {
    const { steps } = calculateInformalWorker(law, '2026-01', worker, 'en');
    const bill = steps.find(({ what }) => what === 'Bill')!;
    expect(bill).toMatchObject({
      parameter: 'pp-44-2015/payment/due-day-bpu',
    });
  });
});

describe('a calculation for a construction project', () => {
  test('shows each band exactly, and rounds once', () => {
    const calculation = calculateProject(law, '2026-06', { contractValueExclVat: 300_000_123 }, 'id');
    expect(calculation.programmes).toEqual({
      JKK: { employer: 550_000, worker: 0, base: 300_000_123 },
      JKM: { employer: 70_000, worker: 0, base: 300_000_123 },
    });
    expect(formulas(calculation).slice(0, 3)).toEqual([
      '(Rp 100.000.000 − Rp 0) × 0,21 % = Rp 210.000',
      '(Rp 300.000.123 − Rp 100.000.000) × 0,17 % = Rp 340.000,2091',
      'Rp 210.000 + Rp 340.000,2091 ≈ Rp 550.000',
    ]);
    expect(calculation.steps[1]!.value).toBe('340000.2091');
    const bill = calculation.steps.find(({ what }) => what === 'Jumlah tagihan');
    expect(bill).toMatchObject({ article: 'UU 24/2011 Pasal 19 ayat (2)' });
    expect(formulas(calculation).slice(-2)).toEqual([
      'Rp 550.000 + Rp 70.000 = Rp 620.000',
      'tanggal 15 bulan berikutnya: 15 Juli 2026',
    ]);
  });

  test('knows nothing of months before August 2020', () => {
    const ask = (period: string) => () => calculateProject(law, period, { monthlyWages: 1 }, 'en');
    expect(ask('2020-07')).toThrow(ParameterNotPublished);
    expect(ask('2020-08')).not.toThrow();
  });
});
