import fc from 'fast-check';
import { addDays, addPeriods, type Period } from '#src/domain/civil.ts';
import type { Declaration, History } from '#src/domain/facts.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import { law, TODAY } from './histories.ts';

/** The first month that anything is declared for: three months before the relief of PP 7/2025. */
const FIRST: Period = '2024-11';
const MONTHS = 24;

type Roster = Pick<Declaration, 'headcount' | 'assessments' | 'coverage'>;
const rosters = new Map<string, Roster>();

/** A roster of equal wages; assessed once. */
function roster(period: Period, workers: number, wage: number, programmes: number): Roster {
  const key = [period, workers, wage, programmes].join();
  const line = { wage, programmes, birthDate: '1990-01-01', citizenship: 'ID' };
  const known = rosters.get(key) ?? rosterSums(law, period, Array<typeof line>(workers).fill(line));
  rosters.set(key, known);
  return known;
}

const month = fc.record({
  /** 0 leaves the month undeclared. */
  workers: fc.constantFrom(0, 49, 50, 50, 50, 50, 60),
  wage: fc.constantFrom(2_000_125, 3_333_333, 12_000_000),
  mask: fc.constantFrom(3, 15),
  paid: fc.constantFrom('all', 'all', 'all', 'relieved', 'a little less', 'nothing'),
  /** Days from the due day to the payment. */
  late: fc.constantFrom(-20, -3, 0, 0, 0, 1, 40, 150),
  stated: fc.boolean(),
});

/** Every month declared, and its bill with the relief paid within its time. */
const orderly = fc.array(month, { minLength: MONTHS, maxLength: MONTHS }).map((months) =>
  months.map(({ workers, ...drawn }) => ({
    ...drawn,
    workers: workers || 50,
    mask: 15,
    paid: 'relieved' as const,
    late: -3,
  })),
);

const change = fc.record({
  at: fc.nat(MONTHS - 1),
  workers: fc.constantFrom(49, 51),
  days: fc.integer({ min: 0, max: 400 }),
});

/**
 * Histories of an employer of labour-intensive industry: mostly declared and paid month by month, with gaps, rosters
 * to either side of 50 workers, payments of the normal and of the relieved bill, late ones, and later corrections.
 */
export const labourIntensiveHistory: fc.Arbitrary<History> = fc
  .record({
    months: fc.oneof(fc.array(month, { minLength: 3, maxLength: MONTHS }), orderly),
    changes: fc.oneof(fc.constant([]), fc.array(change, { maxLength: 2 })),
    extra: fc.array(fc.tuple(fc.nat(MONTHS), fc.integer({ min: 1, max: 40_000_000 }), fc.boolean()), {
      maxLength: 3,
    }),
    closedOn: fc.constantFrom(undefined, undefined, undefined, '2025-06-30'),
  })
  .map(({ months, changes, extra, closedOn }) => {
    const declarations: Declaration[] = [];
    const payments: History['payments'][number][] = [];
    const record = (day: string) => `${day > TODAY ? TODAY : day}T05:00:00.000Z`;
    const pay = (paidOn: string, amount: number, more: { period?: Period; penalty: boolean }) => {
      if (paidOn > TODAY) return;
      payments.push({
        id: `payment-${payments.length}`,
        amount,
        paidOn,
        recordedAt: record(paidOn),
        ...more,
      });
    };
    for (const [index, { workers, wage, mask, paid, late, stated }] of months.entries()) {
      const period = addPeriods(FIRST, index);
      const due = law.at(period).dueOn;
      const sums = roster(period, workers || 50, wage, mask);
      const id = `declaration-${declarations.length}`;
      if (workers) declarations.push({ id, period, recordedAt: record(addDays(due, -25)), ...sums });
      if (paid === 'nothing') continue;
      const bill = billOf(sums.assessments[0]!, 'III', paid === 'relieved');
      const less = paid === 'a little less' ? 1 : 0;
      pay(addDays(due, late), bill - less, { ...(stated && { period }), penalty: false });
    }
    for (const { at, workers, days } of changes) {
      const period = addPeriods(FIRST, Math.min(at, months.length - 1));
      const recordedAt = record(addDays(law.at(period).dueOn, days));
      const id = `declaration-${declarations.length}`;
      declarations.push({ id, period, recordedAt, ...roster(period, workers, 2_500_001, 15) });
    }
    for (const [at, amount, penalty] of extra) {
      pay(addDays(law.at(addPeriods(FIRST, at)).dueOn, 5), amount, { penalty });
    }
    const attributes = {
      legalName: 'PT Garmen',
      kind: 'private' as const,
      scale: 'medium' as const,
      sector: 'general' as const,
      jkkClass: 'III' as const,
      jkkClassOrigin: 'bpjs_decision' as const,
      labourIntensiveIndustry: 'textile_apparel' as const,
      regionCode: '34.01',
      registeredOn: '2024-10-01',
      ...(closedOn && { closedOn }),
    };
    return {
      employerId: '019a0000-0000-7000-8000-000000000002',
      changes: [{ recordedAt: '2024-11-01T05:00:00.000Z', attributes }],
      declarations,
      payments,
      reversals: [],
      flags: [],
      suspensions: [],
      evidence: [],
      sanctions: [],
      inspections: [],
      minimumWages: [],
    };
  });
