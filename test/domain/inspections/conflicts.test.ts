import { expect, test } from 'vitest';
import { conflictOf } from '#src/domain/inspections/conflicts.ts';
import type { Inspection } from '#src/domain/inspections/inspection.ts';

const PERSON = { agency: 'disnaker', inspector: 'siti' };
const NONE = { inspections: [], declared: [], acted: false };
const DAYS = { today: '2026-11-20', plannedOn: '2026-12-04' };

function visit(on: string, more: Partial<Inspection> = {}): Inspection {
  return {
    id: on,
    ...PERSON,
    plannedOn: on,
    claims: [],
    recordedAt: `${on}T01:00:00.000Z`,
    outcome: { kind: 'visited', on, found: [], recordedAt: `${on}T09:00:00.000Z` },
    ...more,
  };
}

function declared(startsOn: string, endsOn?: string, more: object = {}) {
  return { id: 'c', ...PERSON, startsOn, ...(endsOn && { endsOn }), ...more };
}

test('nothing keeps a person who has nothing to do with the employer', () => {
  expect(conflictOf(PERSON, NONE, DAYS, 12)).toBeUndefined();
});

test.each([
  ['2026-11-20', '2026-11-20', true],
  ['2026-12-04', undefined, true],
  ['2020-01-01', '2026-11-19', false],
  ['2026-12-05', undefined, false],
])('declared from %s to %s keeps from a visit between 20 November and 4 December: %s', (from, to, keeps) => {
  const conflict = conflictOf(PERSON, { ...NONE, declared: [declared(from, to)] }, DAYS, 12);
  expect(conflict?.kind).toBe(keeps ? 'declared' : undefined);
});

test('what is declared of another person, or of one of another agency, keeps nobody', () => {
  const others = [{ inspector: 'budi' }, { agency: 'bpjs' }].map((more) =>
    declared('2026-01-01', undefined, more),
  );
  expect(conflictOf(PERSON, { ...NONE, declared: others }, DAYS, 12)).toBeUndefined();
});

test('who has acted for the employer does not visit it', () => {
  expect(conflictOf(PERSON, { ...NONE, acted: true }, DAYS, 12)).toEqual({ kind: 'acted_for_employer' });
});

test.each([
  ['2025-11-20', undefined],
  ['2025-11-21', '2026-11-21'],
  ['2026-11-20', '2027-11-20'],
])('a visit on %s keeps the same person until %s', (on, until) => {
  const conflict = conflictOf(PERSON, { ...NONE, inspections: [visit('2024-03-01'), visit(on)] }, DAYS, 12);
  expect(conflict).toEqual(until && { kind: 'rotation', visitedOn: on, until });
});

test('visits of others, cancelled cases and open ones keep nobody', () => {
  const on = '2026-11-01';
  const cancelled = { kind: 'cancelled', on, found: [], recordedAt: `${on}T09:00:00.000Z` } as const;
  const { outcome: _, ...open } = visit(on);
  const inspections = [visit(on, { inspector: 'budi' }), visit(on, { outcome: cancelled }), open];
  expect(conflictOf(PERSON, { ...NONE, inspections }, DAYS, 12)).toBeUndefined();
});
