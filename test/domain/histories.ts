import fc from 'fast-check';
import { addDays, addPeriods } from '#src/domain/civil.ts';
import type { Facts, History } from '#src/domain/facts.ts';
import { factsKnownAt } from '#src/domain/facts.ts';
import type { Flag } from '#src/domain/flags.ts';
import { rosterSums } from '#src/domain/roster.ts';
import { loadLaw } from '#src/law/index.ts';

export const law = loadLaw();

/** The first month that anything is declared for. */
export const FIRST = '2026-01';
/** What was recorded is known by then. */
export const TODAY = '2026-11-20';

const instant = fc
  .integer({ min: 0, max: 300 })
  .map((days) => `${addDays('2026-01-20', days)}T05:00:00.000Z`);
const past = (value: string) => value < `${TODAY}T06:00:00.000Z`;
const period = fc.integer({ min: 0, max: 9 }).map((months) => addPeriods(FIRST, months));

const declaration = fc
  .record({
    id: fc.uuid(),
    period,
    recordedAt: instant.filter(past),
    wages: fc.array(fc.integer({ min: 1_000_000, max: 20_000_000 }), { minLength: 1, maxLength: 3 }),
    mask: fc.constantFrom(3, 7, 15),
  })
  .map(({ wages, mask, ...rest }) => {
    const lines = wages.map((wage) => ({
      wage,
      programmes: mask,
      birthDate: '1990-01-01',
      citizenship: 'ID',
    }));
    return { ...rest, ...rosterSums(law, rest.period, lines) };
  });

const payment = fc
  .record({
    id: fc.uuid(),
    amount: fc.oneof(fc.integer({ min: 1, max: 2_000_000 }), fc.integer({ min: 1, max: 6_000 })),
    paidOn: fc.integer({ min: 0, max: 304 }).map((days) => addDays('2026-01-20', days)),
    recordedAt: instant.filter(past),
    period: fc.option(period, { nil: undefined }),
    penalty: fc.boolean(),
  })
  .map(({ period: stated, ...rest }) => (stated === undefined ? rest : { ...rest, period: stated }));

const flag = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom('review', 'procurement_block' as const),
    from: fc.integer({ min: -30, max: 90 }),
    days: fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }),
    approved: fc.boolean(),
  })
  .map(({ id, kind, from, days, approved }): Flag => {
    const startsOn = addDays(TODAY, from);
    const recordedAt = `${addDays(TODAY, -40)}T05:00:00.000Z`;
    const event = { id: `${id}-approval`, kind: 'approval' as const, recordedAt, by: 'b', agency: 'a' };
    return {
      id,
      kind,
      agency: 'a',
      proposedBy: 'a',
      recordedAt,
      startsOn,
      ...(days && { endsOn: addDays(startsOn, days) }),
      events: approved ? [event] : [],
    };
  });

/** Histories of one employer, with supersessions, gaps, over- and underpayments, reversals and flags. */
export const history: fc.Arbitrary<History> = fc
  .record({
    registered: fc.boolean(),
    kind: fc.constantFrom('private', 'government' as const),
    scale: fc.constantFrom('micro', 'small', 'medium' as const),
    closedOn: fc.option(fc.constantFrom('2026-07-31', '2026-11-01'), { nil: undefined }),
    declarations: fc.array(declaration, { maxLength: 14 }),
    payments: fc.array(payment, { maxLength: 20 }),
    flags: fc.array(flag, { maxLength: 2 }),
    reversed: fc.array(fc.nat(19), { maxLength: 3 }),
  })
  .map(({ registered, kind, scale, closedOn, declarations, payments, flags, reversed }) => ({
    employerId: '019a0000-0000-7000-8000-000000000001',
    changes: [
      {
        recordedAt: '2026-01-10T05:00:00.000Z',
        attributes: {
          legalName: 'PT Acak',
          kind,
          scale,
          sector: 'general',
          jkkClass: 'III',
          jkkClassOrigin: 'bpjs_decision',
          regionCode: '34.01',
          ...(registered && { registeredOn: '2026-01-05' }),
          ...(closedOn && { closedOn }),
        },
      },
    ],
    declarations: declarations.map((each, index) => ({ ...each, id: `declaration-${index}` })),
    payments: numbered(payments),
    reversals: [...new Set(reversed)].flatMap((index) => {
      const payment = numbered(payments)[index];
      return payment ? [{ paymentId: payment.id, recordedAt: `${TODAY}T05:00:00.000Z` }] : [];
    }),
    flags,
  }));

function numbered<T extends { id: string }>(payments: readonly T[]): T[] {
  return payments.map((each, index) => ({ ...each, id: `payment-${index}` }));
}

/** All of a history. */
export function allFacts(from: History): Facts {
  return factsKnownAt(from, '9999')!;
}
