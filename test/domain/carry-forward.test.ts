import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, addPeriods, type Day, periodOf } from '#src/domain/civil.ts';
import type { Declaration, Facts, History, Payment } from '#src/domain/facts.ts';
import { factsKnownAt } from '#src/domain/facts.ts';
import { ledgerOf, openCharge } from '#src/domain/ledger/ledger.ts';
import { rosterSums } from '#src/domain/rules/roster.ts';
import { carriedForward } from '#src/domain/verdict/carry-forward.ts';
import { condense } from '#src/domain/verdict/standing.ts';
import { history as anyHistory, law } from './histories.ts';

const EVER = '9999';
const NOTHING_YET: History = {
  employerId: '019a0000-0000-7000-8000-000000000001',
  changes: [
    {
      recordedAt: '2026-01-10T05:00:00.000Z',
      attributes: {
        legalName: 'PT Acak',
        kind: 'private',
        scale: 'medium',
        sector: 'general',
        jkkClass: 'III',
        jkkClassOrigin: 'bpjs_decision',
        regionCode: '34.01',
        registeredOn: '2026-01-05',
      },
    },
  ],
  declarations: [],
  payments: [],
  reversals: [],
  flags: [],
  suspensions: [],
  evidence: [],
  sanctions: [],
  inspections: [],
  minimumWages: [],
};

const wait = fc.integer({ min: 0, max: 25 });
const factor = fc.constantFrom(1, 1, 1, 0.5, 2);
const declare = fc.record({
  wait,
  month: fc.integer({ min: -1, max: 1 }),
  wage: fc.constantFrom(2_000_000, 4_000_000, 4_000_000, 8_000_000),
});
const pay = fc.record({ wait, factor, ago: fc.integer({ min: 0, max: 40 }), penalty: fc.boolean() });
/** What is oldest is settled, more or less, stated for its month or not; or money comes for a month near by. */
const settle = fc.record({
  pay,
  stated: fc.boolean(),
  near: fc.option(fc.integer({ min: -3, max: 2 }), { nil: undefined }),
});

/** Events of a company's life, as they are recorded one after the other. */
const life = fc.array(fc.oneof(declare, settle), { minLength: 4, maxLength: 34 }).map((events): History => {
  const declarations: Declaration[] = [];
  const payments: Payment[] = [];
  const history = { ...NOTHING_YET, declarations, payments };
  let day: Day = '2026-01-12';
  for (const [index, event] of events.entries()) {
    day = addDays(day, ('pay' in event ? event.pay : event).wait);
    const recordedAt = `${day}T05:${String(index).padStart(2, '0')}:00.000Z`;
    const id = String(index).padStart(2, '0');
    const lastMonth = addPeriods(periodOf(day), -1);
    if (!('pay' in event)) {
      const period = addPeriods(lastMonth, event.month);
      const line = { wage: event.wage, programmes: 15, birthDate: '1990-01-01', citizenship: 'ID' };
      declarations.push({ id, period, recordedAt, ...rosterSums(law, period, [line]) });
      continue;
    }
    const { pay: of, stated, near } = event;
    const { months } = ledgerOf(factsKnownAt(history, EVER)!, law, day);
    const open = months.find((month) => (of.penalty ? openCharge(month) : month.outstanding) > 0);
    const owed = open ? (of.penalty ? openCharge(open) : open.outstanding) : 400_000;
    const period = near === undefined ? open?.period : addPeriods(lastMonth, near);
    payments.push({
      id,
      amount: Math.ceil(owed * of.factor),
      paidOn: addDays(day, -of.ago),
      recordedAt,
      penalty: of.penalty,
      ...(stated && !of.penalty && period !== undefined && { period }),
    });
  }
  return history;
});

/** As a summary is stored and read again. */
const stored = (facts: Facts): Facts => JSON.parse(JSON.stringify(facts));

/** A history up to some recording, condensed on that day, and what was recorded later. */
function cut(all: History, share: number) {
  const times = [...all.declarations, ...all.payments].map(({ recordedAt }) => recordedAt).sort();
  const at = times[Math.floor((share * times.length) / 100)] ?? all.changes[0]!.recordedAt;
  const today = at.slice(0, 10);
  const later = <T extends { recordedAt: string }>(facts: readonly T[]) =>
    facts.filter(({ recordedAt }) => recordedAt > at);
  return {
    condensed: stored(condense(factsKnownAt(all, at)!, law, today)),
    recorded: { declarations: later(all.declarations), payments: later(all.payments) },
    newest: (times.at(-1) ?? at).slice(0, 10),
  };
}

/** Without what is recorded of other things than rosters and payments after the cut: that needs all facts. */
const quiet = anyHistory.map(
  (all): History => ({
    ...all,
    reversals: [],
    flags: [],
    suspensions: [],
    evidence: [],
  }),
);

test.each([
  ['lives as they are lived', life, 3_000],
  ['any histories', quiet, 600],
] as const)('%s: facts that are carried forward are all facts, condensed', (_, histories, numRuns) => {
  let carriedOverSettled = 0;
  let read = 0;
  const share = fc.integer({ min: 0, max: 99 });
  fc.assert(
    fc.property(histories, share, fc.integer({ min: 0, max: 60 }), (all, at, days) => {
      const { condensed, recorded, newest } = cut(all, at);
      const today = addDays(newest, days);
      const carried = carriedForward(condensed, recorded);
      const isNothing = recorded.declarations.length + recorded.payments.length === 0;
      if (!carried) read += 1;
      else if (condensed.settledThrough !== undefined && !isNothing) carriedOverSettled += 1;
      if (carried)
        expect(stored(condense(carried, law, today))).toEqual(
          stored(condense(factsKnownAt(all, EVER)!, law, today)),
        );
    }),
    { numRuns, seed: 20_261_121 },
  );
  expect(carriedOverSettled).toBeGreaterThan(numRuns / 20);
  expect(read).toBeGreaterThan(numRuns / 100);
});

const roster = (period: string, wage = 4_000_000): Declaration => ({
  id: `roster-${period}-${wage}`,
  period,
  recordedAt: '2026-03-20T05:00:00.000Z',
  ...rosterSums(law, period, [{ wage, programmes: 15, birthDate: '1990-01-01', citizenship: 'ID' }]),
});
const payment = (paidOn: Day, amount: number, period?: string): Payment => ({
  id: `payment-${paidOn}-${amount}`,
  amount,
  paidOn,
  recordedAt: '2026-03-20T05:00:00.000Z',
  penalty: false,
  ...(period !== undefined && { period }),
});

const declared = { ...NOTHING_YET, declarations: [roster('2026-02')] };
const [owed] = ledgerOf(factsKnownAt(declared, EVER)!, law, '2026-03-10').months;
const paid = { ...declared, payments: [payment('2026-03-10', owed!.due)] };
const settled = stored(condense(factsKnownAt(paid, EVER)!, law, '2026-03-20'));

test('what settled months rest on is kept: through which month, and on which day', () => {
  expect(settled).toMatchObject({ settledThrough: '2026-02', settledOn: '2026-03-10', payments: [] });
});

const early = { ...settled, payments: [payment('2026-03-09', 1_000, '2026-04')] };
const sameDay = { ...settled, payments: [payment('2026-03-10', 1_000, '2026-04')] };
const recordedAt = '2026-03-12T05:00:00.000Z';
const by = { id: '1', agency: 'a', recordedAt };
const evidence: Facts['evidence'] = [{ ...by, kind: 'wlkp_report', observedOn: '2026-03-11', headcount: 9 }];
const sanctions: Facts['sanctions'] = [{ ...by, codes: ['ARREARS'], openedOn: '2026-03-12', steps: [] }];
const suspensions: Facts['suspensions'] = [
  { id: '1', recordedAt, kind: 'regularisation', invitedOn: '2026-03-12', deadline: '2026-04-12' },
];
const attributes = { ...settled.employer, labourIntensiveIndustry: 'toys' } as const;
test.each<[string, Facts, Declaration[], Payment[]]>([
  ['a roster of a settled month', settled, [roster('2026-02', 5_000_000)], []],
  ['money that was paid before the last that settled', settled, [], [payment('2026-03-09', 1_000)]],
  ['a roster of a month, or before one, that such money is stated for', early, [roster('2026-03')], []],
  ['an employer whose relief rests on past months', { ...settled, employer: attributes }, [], []],
  ['what another revision of the code left out', { ...settled, settledBy: 0 }, [roster('2026-03')], []],
  ['money of the same day', sameDay, [roster('2026-03')], []],
  ['a roster that evidence may be held against', { ...settled, evidence }, [roster('2026-03')], []],
  [
    'an employer that is invited to regularise',
    { ...settled, suspensions },
    [],
    [payment('2026-03-20', 1_000)],
  ],
  ['an employer with a sanction', { ...settled, sanctions }, [], [payment('2026-03-20', 1_000)]],
])('%s needs all facts', (_, condensed, declarations, payments) => {
  expect(carriedForward(condensed, { declarations, payments })).toBeUndefined();
});

test.each<[string, Facts, Declaration[], Payment[]]>([
  ['a roster of the next month', settled, [roster('2026-03')], []],
  ['money that was paid on the same day or later', settled, [], [payment('2026-03-10', 1_000, '2026-01')]],
  ['nothing', settled, [], []],
])('%s is carried forward', (_, condensed, declarations, payments) => {
  const carried = carriedForward(condensed, { declarations, payments })!;
  expect(carried.declarations.map(({ period }) => period)).toEqual([
    '2026-02',
    ...declarations.map(({ period }) => period),
  ]);
  expect(carried.payments).toEqual(payments);
});

test('a month is not settled while one before it may still be declared', () => {
  const ahead = roster('2026-04');
  const carried = carriedForward(settled, {
    declarations: [ahead],
    payments: [payment('2026-04-09', 10_000_000, '2026-04')],
  })!;
  expect(condense(carried, law, '2026-04-10').settledThrough).toBe('2026-02');
  expect(condense(carried, law, '2026-04-16').settledThrough).toBe('2026-02');
});
