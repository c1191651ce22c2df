import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DueRule, dueDay, isWeekend } from '#src/domain/rules/due-day.ts';
import { loadLaw } from '#src/law/index.ts';

const { calendar } = loadLaw();
const weekendsOnly = {
  isWorkingDay: (day: string) => !isWeekend(day),
  holidayOn: () => undefined,
  workedLeaveOn: () => undefined,
  isProvisional: () => false,
};

const wageEarner: DueRule = { day: 15, month: 'following', otherwise: 'next_working_day' };
const lastWorkingDay: DueRule = { day: 30, month: 'following', otherwise: 'previous_working_day' };

describe('the due day', () => {
  test('of December lies in the next year', () => {
    expect(dueDay('2025-12', wageEarner, calendar)).toBe('2026-01-15');
  });

  test('moves over weekend and holiday together', () => {
    expect(dueDay('2026-07', wageEarner, weekendsOnly)).toBe('2026-08-17');
    expect(dueDay('2026-07', wageEarner, calendar)).toBe('2026-08-18');
  });

  test('can lie in the contribution month itself', () => {
    expect(dueDay('2026-07', { ...wageEarner, month: 'same' }, calendar)).toBe('2026-07-15');
  });

  test('can move back, and is a short month’s last day where the month has no such day', () => {
    expect(dueDay('2020-07', lastWorkingDay, weekendsOnly)).toBe('2020-08-28');
    expect(dueDay('2021-01', lastWorkingDay, weekendsOnly)).toBe('2021-02-26');
  });

  test('is always a working day, never before the 15th', () => {
    const month = fc.tuple(fc.integer({ min: 2015, max: 2060 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(month, ([year, number]) => {
        const due = dueDay(`${year}-${String(number).padStart(2, '0')}`, wageEarner, calendar);
        expect(calendar.isWorkingDay(due)).toBe(true);
        expect(Number(due.slice(8))).toBeGreaterThanOrEqual(15);
      }),
    );
  });
});
