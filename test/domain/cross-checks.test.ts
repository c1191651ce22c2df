import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addPeriods } from '#src/domain/civil.ts';
import { duplicateWorkers, isFullTime } from '#src/domain/cross-checks/duplicate-workers.ts';
import { type DeclaredHeadcount, headcountDrop } from '#src/domain/cross-checks/headcount-drop.ts';
import { minimumWageCluster } from '#src/domain/cross-checks/minimum-wage-cluster.ts';
import { nikContradictions } from '#src/domain/cross-checks/nik-contradictions.ts';
import { dayOfContracts, placementShortfall } from '#src/domain/cross-checks/placement-shortfall.ts';
import { retiredInPension } from '#src/domain/cross-checks/retired-in-pension.ts';
import { counted } from '#src/domain/language.ts';
import { maskOf } from '#src/domain/rules/programme-mask.ts';
import { loadLaw, readLawFiles } from '#src/law/index.ts';

const law = loadLaw(readLawFiles());
const MONTH = '2026-10';

describe('duplicate workers', () => {
  test.each([
    [undefined, true],
    ['permanent', true],
    ['fixed_term', true],
    ['outsourced', true],
    ['daily', false],
  ] as const)('employment %s is full-time: %s', (employmentType, expected) => {
    expect(isFullTime({ nik: '1', ...(employmentType && { employmentType }) })).toBe(expected);
  });

  test('counts workers once and the others by workers in common', () => {
    const elsewhere: Record<string, string[]> = { a: ['x', 'y'], b: ['y'], c: [] };
    const found = duplicateWorkers(MONTH, ['a', 'b', 'c'], (nik) => elsewhere[nik]!);
    expect(found).toMatchObject({
      workers: 2,
      niks: ['a', 'b'],
      figures: {
        sharedWith: [
          { employerId: 'y', workers: 2 },
          { employerId: 'x', workers: 1 },
        ],
      },
      reason: {
        id: '2 pekerja pada Oktober 2026 dilaporkan penuh waktu juga oleh 2 pemberi kerja lain.',
        en: '2 workers of October 2026 are declared full-time by 2 other employers, too.',
      },
    });
    expect(duplicateWorkers(MONTH, ['c'], () => [])).toBeUndefined();
    expect(duplicateWorkers(MONTH, ['a'], () => ['x'])?.reason.en).toBe(
      '1 worker of October 2026 is declared full-time by 1 other employer, too.',
    );
  });
});

describe('retired in pension', () => {
  const parameters = law.at(MONTH);
  const { jpRetiredIfBornBy } = parameters;
  const line = (birthDate: string, programmes: number) => ({ nik: birthDate, birthDate, programmes });

  test('is who had reached the age by the first day and is declared with JP', () => {
    const [all, without] = [maskOf(['JKK', 'JKM', 'JHT', 'JP']), maskOf(['JKK', 'JKM', 'JHT'])];
    const lines = [
      line(jpRetiredIfBornBy, all),
      line('1950-03-01', all),
      line('1950-03-02', without),
      line('1999-01-01', all),
    ];
    expect(retiredInPension(parameters, lines)).toMatchObject({
      workers: 2,
      niks: [jpRetiredIfBornBy, '1950-03-01'],
      figures: { headcount: 4, retirementAge: 59, bornOnOrBefore: jpRetiredIfBornBy },
    });
    expect(retiredInPension(parameters, lines.slice(2))).toBeUndefined();
    expect(retiredInPension(parameters, [])).toBeUndefined();
  });
});

describe('wages at the minimum', () => {
  const minimum = {
    regionCode: '34.01',
    regionName: 'Kulon Progo',
    year: 2026,
    monthly: 2_500_000,
    recordedAt: '2026-01-01T00:00:00.000Z',
  };
  const roster = (exact: number, others: number) => [
    ...Array.from({ length: exact }, (_, index) => ({ nik: `e${index}`, wage: 2_500_000 })),
    ...Array.from({ length: others }, (_, index) => ({
      nik: `o${index}`,
      wage: 2_500_001 - (index % 2) * 2,
    })),
  ];

  test('a cluster is so large a part of so many workers, exactly', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.nat(40),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 30 }),
        (exact, others, share, workers) => {
          const found = minimumWageCluster(MONTH, roster(exact, others), minimum, { share, workers });
          const total = exact + others;
          const expected = exact > 0 && total >= workers && exact / total >= share / 1_000_000;
          expect(found !== undefined).toBe(expected);
          if (found) expect([found.workers, found.figures.headcount]).toEqual([exact, total]);
        },
      ),
    );
  });

  test('says which wage of which region', () => {
    const found = minimumWageCluster(MONTH, roster(3, 3), minimum, { share: 500_000, workers: 6 });
    expect(found?.figures.minimumWage).toEqual({
      regionCode: '34.01',
      regionName: 'Kulon Progo',
      year: 2026,
      monthly: 2_500_000,
    });
    expect(found?.reason).toEqual({
      id: '3 dari 6 pekerja pada Oktober 2026 dilaporkan dengan upah tepat Rp 2.500.000, yaitu upah minimum Kulon Progo 2026.',
      en: '3 of 6 workers of October 2026 are declared with exactly Rp 2,500,000, the minimum wage of Kulon Progo in 2026.',
    });
  });
});

describe('contradictions of NIKs', () => {
  const person = fc.record({
    born: fc.date({ min: new Date('1930-01-01'), max: new Date('2009-12-31'), noInvalidDate: true }),
    sex: fc.constantFrom('M' as const, 'F' as const),
    stated: fc.boolean(),
  });
  const lineOf = ({ born, sex, stated }: { born: Date; sex: 'M' | 'F'; stated: boolean }) => {
    const birthDate = born.toISOString().slice(0, 10);
    const day = born.getUTCDate() + (sex === 'F' ? 40 : 0);
    const nik = `340101${String(day).padStart(2, '0')}${birthDate.slice(5, 7)}${birthDate.slice(2, 4)}0001`;
    return { nik, birthDate, ...(stated && { sex }) };
  };

  test('a NIK that was made of birth date and sex contradicts neither, also of women', () => {
    fc.assert(
      fc.property(fc.array(person), (people) => {
        expect(nikContradictions(MONTH, people.map(lineOf))).toBeUndefined();
      }),
    );
  });

  test('other birth dates and sexes are counted apart, workers once', () => {
    const woman = lineOf({ born: new Date('1990-07-01'), sex: 'F', stated: true });
    const lines = [
      woman,
      { ...woman, birthDate: '1990-07-02' },
      { ...woman, sex: 'M' as const },
      { ...woman, birthDate: '1990-08-01', sex: 'M' as const },
    ];
    expect(nikContradictions(MONTH, lines)).toMatchObject({
      workers: 3,
      figures: { headcount: 4, byBirthDate: 2, bySex: 2 },
    });
  });
});

describe('fall of headcount', () => {
  const threshold = { fall: 200_000, months: 6 };
  const months = (...headcounts: [period: string, headcount: number, declaredOn?: string][]) =>
    headcounts.map(
      ([period, headcount, declaredOn = `${addPeriods(period, 1)}-10`]): DeclaredHeadcount => ({
        period,
        headcount,
        declaredOn,
      }),
    );
  const award = (on: string) => ({ sign: 'tender_award' as const, on });

  test('is a fifth or more below the highest of the six months before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(60), { minLength: 1, maxLength: 10 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 12 }),
        (before, headcount, window) => {
          const headcounts = months(
            ...before.map((each, index): [string, number] => [
              addPeriods('2026-09', index - before.length + 1),
              each,
            ]),
            ['2026-10', headcount],
          );
          const found = headcountDrop(headcounts, [award('2026-11-20')], { fall: 200_000, months: window });
          const peak = Math.max(...before.slice(-window));
          const expected = peak > headcount && (peak - headcount) * 5 >= peak;
          expect(found !== undefined).toBe(expected);
          if (found)
            expect([found.workers, found.figures.peak.headcount, found.period]).toEqual([
              peak - headcount,
              peak,
              '2026-10',
            ]);
        },
      ),
    );
  });

  test('looks at the last month declared before the tender, be it months ago', () => {
    const headcounts = months(['2026-03', 20], ['2026-06', 10], ['2026-11', 30]);
    const found = headcountDrop(headcounts, [award('2026-11-20')], threshold);
    expect(found).toMatchObject({
      period: '2026-06',
      workers: 10,
      figures: { headcount: 10, peak: { period: '2026-03', headcount: 20 }, tender: award('2026-11-20') },
      reason: {
        id: 'Jumlah pekerja turun dari 20 pada Maret 2026 menjadi 10 pada Juni 2026, bulan terakhir yang dilaporkan sebelum tender 20 November 2026.',
      },
    });
  });

  test('the month of the tender counts where it was declared by then', () => {
    const before = months(['2026-10', 20], ['2026-11', 10, '2026-11-20']);
    expect(headcountDrop(before, [award('2026-11-20')], threshold)?.period).toBe('2026-11');
    const after = months(['2026-10', 20], ['2026-11', 10, '2026-11-21']);
    expect(headcountDrop(after, [award('2026-11-20')], threshold)).toBeUndefined();
  });

  test('of several tenders the one with the sharpest fall is told', () => {
    const headcounts = months(['2026-08', 20], ['2026-09', 10], ['2026-10', 12]);
    const tenders = [award('2026-11-05'), award('2026-10-05'), award('2026-10-09')];
    expect(headcountDrop(headcounts, tenders, threshold)).toMatchObject({
      period: '2026-09',
      figures: { tender: { on: '2026-10-09' } },
    });
  });

  test.each([
    ['without a tender', months(['2026-09', 20], ['2026-10', 10]), []],
    ['without a roster', [], [award('2026-11-20')]],
    ['with one month only', months(['2026-10', 10]), [award('2026-11-20')]],
    ['with a fall after the tender', months(['2026-09', 20], ['2026-10', 10]), [award('2026-10-01')]],
    ['with a peak before the window', months(['2026-03', 20], ['2026-10', 10]), [award('2026-11-20')]],
    ['with a rise', months(['2026-09', 10], ['2026-10', 20]), [award('2026-11-20')]],
    ['with nobody ever', months(['2026-09', 0], ['2026-10', 0]), [award('2026-11-20')]],
  ])('%s there is none', (_what, headcounts, tenders) => {
    expect(headcountDrop(headcounts, tenders, threshold)).toBeUndefined();
  });
});

describe('shortfall of placements', () => {
  const promised = (contractNumber: string, workersContracted: number) => ({
    placementId: contractNumber,
    contractNumber,
    workersContracted,
  });
  const lines = (count: number, placementContract?: string) =>
    Array.from({ length: count }, () => (placementContract === undefined ? {} : { placementContract }));

  test('is counted contract by contract, however their numbers are written', () => {
    const contracts = [promised('PKS-7/2026', 40), promised('PKS-8/2026', 5)];
    const roster = [...lines(25, 'pks – 7 / 2026'), ...lines(6, 'PKS-8/2026'), ...lines(3), ...lines(2, 'X')];
    expect(placementShortfall(MONTH, contracts, roster)).toMatchObject({
      workers: 15,
      figures: {
        headcount: 36,
        contracted: 45,
        declared: 31,
        missingInTotal: 9,
        contracts: [{ contractNumber: 'PKS-7/2026', workersContracted: 40, declared: 25 }],
      },
      reason: {
        en: '2 contracts in force promise 45 workers; for October 2026 31 are declared with them and 36 in all. 15 workers are missing on 1 contract.',
      },
    });
  });

  test('a month without a roster shows nobody', () => {
    expect(placementShortfall(MONTH, [promised('A', 2)], undefined)).toMatchObject({
      workers: 2,
      figures: { headcount: 0, declared: 0, missingInTotal: 2 },
    });
  });

  test('contracts that are filled make no row, nor do others than the vendor has', () => {
    expect(placementShortfall(MONTH, [promised('A', 2)], lines(2, 'A'))).toBeUndefined();
    expect(placementShortfall(MONTH, [], lines(2, 'A'))).toBeUndefined();
  });

  test.each([
    ['2026-10', '2026-10-31'],
    ['2026-02', '2026-02-28'],
    ['2028-02', '2028-02-29'],
    ['2026-12', '2026-12-31'],
  ])('contracts of %s are those in force on %s', (period, day) => {
    expect(dayOfContracts(period)).toBe(day);
  });
});

test('counts are said in the singular and in the plural', () => {
  expect([counted(1, 'worker'), counted(0, 'worker'), counted(2, 'worker')]).toEqual([
    '1 worker',
    '0 workers',
    '2 workers',
  ]);
});
