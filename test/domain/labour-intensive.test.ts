import { describe, expect, test } from 'vitest';
import { addDays, addPeriods, periodOf } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { type Declaration, factsKnownAt, type Payment } from '#src/domain/facts.ts';
import { ledgerOf, sharesOfMonth } from '#src/domain/ledger/ledger.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import { condense } from '#src/domain/verdict/standing.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const FIRST = '2024-12';
/** Of 50 workers with 5 million each in class III: 44,500 and with relief 22,250 for JKK, 15,000 for JKM. */
const NORMAL = 50 * (44_500 + 15_000);
const RELIEVED = 50 * (22_250 + 15_000);

type Declared = Omit<Declaration, 'id' | 'recordedAt'>;

function declared(period: string, workers = 50): Declared {
  const line = { wage: 5_000_000, programmes: 3, birthDate: '1990-01-01', citizenship: 'ID' };
  return { period, ...rosterSums(law, period, Array<typeof line>(workers).fill(line)) };
}

function paid(period: string, late = 0, amount = NORMAL): Omit<Payment, 'id' | 'recordedAt'> {
  return { period, paidOn: addDays(law.at(period).dueOn, late), amount, penalty: false };
}

function known(
  declarations: readonly Declared[],
  payments: readonly Omit<Payment, 'id' | 'recordedAt'>[],
  more: Partial<EmployerAttributes> = { labourIntensiveIndustry: 'toys' },
) {
  const recordedAt = '2024-12-01T05:00:00.000Z';
  const attributes: EmployerAttributes = {
    legalName: 'PT Mainan',
    kind: 'private',
    scale: 'micro',
    sector: 'general',
    jkkClass: 'III',
    jkkClassOrigin: 'bpjs_decision',
    regionCode: '34.01',
    registeredOn: '2024-12-01',
    ...more,
  };
  return factsKnownAt(
    {
      employerId: '019a0000-0000-7000-8000-000000000003',
      changes: [{ recordedAt, attributes }],
      declarations: declarations.map((each, index) => ({ ...each, id: `declaration-${index}`, recordedAt })),
      payments: payments.map((each, index) => ({ ...each, id: `payment-${index}`, recordedAt })),
      reversals: [],
      flags: [],
      suspensions: [],
      evidence: [],
      sanctions: [],
      inspections: [],
      minimumWages: [],
    },
    '9999',
  )!;
}

function due(facts: ReturnType<typeof known>, period: string, asOf = '2026-11-20') {
  return ledgerOf(facts, law, asOf).months.find((month) => month.period === period)?.due;
}

const three = [declared(FIRST), declared('2025-01'), declared('2025-02')];
const inTime = [paid(FIRST), paid('2025-01')];

describe('JKK of labour-intensive industry', () => {
  test('is halved where what was due through January 2025 is paid', () => {
    const facts = known(three, inTime);
    expect([FIRST, '2025-01', '2025-02'].map((period) => due(facts, period))).toEqual([
      NORMAL,
      NORMAL,
      RELIEVED,
    ]);
    const month = ledgerOf(facts, law, '2025-03-01').months.find(({ period }) => period === '2025-02')!;
    expect(sharesOfMonth(facts, law, month).JKK).toEqual({
      employer: 50 * 22_250,
      worker: 0,
      base: 250_000_000,
    });
  });

  test('is not for other employers, nor with 49 workers', () => {
    expect(due(known(three, inTime, {}), '2025-02')).toBe(NORMAL);
    const fewer = [...three.slice(0, 2), declared('2025-02', 49)];
    expect(due(known(fewer, inTime), '2025-02')).toBe(49 * (44_500 + 15_000));
  });

  test('holds for presumed months by the roster that they are presumed from', () => {
    const facts = known(three.slice(0, 2), inTime);
    expect(due(facts, '2025-02')).toBe(RELIEVED);
    expect(due(facts, '2026-01')).toBe(RELIEVED);
    expect(due(facts, '2026-02')).toBe(NORMAL);
  });

  test('begins with the month on whose due day everything is paid, not before', () => {
    const dueOn = law.at('2025-02').dueOn;
    const late = (days: number) => [paid(FIRST), { ...paid('2025-01'), paidOn: addDays(dueOn, days) }];
    const months = [...three, declared('2025-03')];
    expect(due(known(months, late(0)), '2025-02')).toBe(RELIEVED);
    expect(due(known(months, late(1)), '2025-02')).toBe(NORMAL);
    expect(due(known(months, late(1)), '2025-03')).toBe(RELIEVED);
    expect(due(known(months, [paid(FIRST), paid('2025-01', 0, NORMAL - 1)]), '2025-03')).toBe(NORMAL);
  });

  test('is shown only once it is deserved', () => {
    const facts = known(three, [paid(FIRST), { ...paid('2025-01'), paidOn: '2025-03-10' }]);
    expect(due(facts, '2025-02', '2025-03-09')).toBe(NORMAL);
    expect(due(facts, '2025-02', '2025-03-10')).toBe(RELIEVED);
  });

  test('is remembered where the months that decide it are left out', () => {
    const facts = known(three, inTime);
    const condensed = condense(facts, law, '2026-11-20');
    expect(condensed.settledThrough).toBe('2025-01');
    expect(condensed.relieved).toContain('2025-02');
    expect(condensed.relieved).not.toContain('2026-02');
    expect(due(condensed, '2025-02')).toBe(RELIEVED);
    const undeserved = [
      ...inTime.slice(0, 1),
      paid('2025-01', 400),
      { ...paid('2025-01', 401), penalty: true },
    ];
    const later = condense(known(three, undeserved), law, '2026-11-20');
    expect([later.settledThrough, later.relieved]).toEqual(['2025-01', []]);
    expect(due(later, '2025-02')).toBe(NORMAL);
  });

  test('is still open while a month of it can fall due: nothing is left out', () => {
    const facts = known(three, inTime);
    const last = law.at('2026-01').dueOn;
    expect(condense(facts, law, '2024-12-31').relieved).toBeUndefined();
    expect(condense(facts, law, last)).toEqual(facts);
    expect(condense(facts, law, `${addPeriods(periodOf(last), 1)}-01`).settledThrough).toBe('2025-01');
    expect(condense(known(three, inTime, {}), law, last)).toMatchObject({ settledThrough: '2025-01' });
  });
});

test('PP 49/2020 holds by itself in rosters', () => {
  const [assessment, after] = declared('2020-09').assessments;
  expect(assessment).toMatchObject({ from: '2020-09', jkk: [6_000, 13_500, 22_250, 31_750, 43_500] });
  expect(after).toMatchObject({
    from: '2021-02',
    jkk: [600_000, 1_350_000, 2_225_000, 3_175_000, 4_350_000],
  });
  expect(declared('2025-03').assessments.map(({ from }) => from)).toEqual(['2025-03', '2026-02']);
  expect(declared('2025-03', 49).assessments).toHaveLength(1);
});
