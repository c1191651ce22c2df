import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Access, type AccessDelay, visibleFrom } from '#src/domain/access-delays.ts';
import { addDays, type Day, dayOf } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';
import { law } from './histories.ts';

const LIMIT = 90;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const START = Date.parse('2026-11-20T03:00:00.000Z');
const at = (minutes: number) => new Date(START + minutes * MINUTE_MS).toISOString();
const on = (instant: string): Day => dayOf(new Date(instant));

const agency = fc.constantFrom('kejari', 'disnaker');
const minutes = fc.integer({ min: 0, max: 300 * DAY_MINUTES });

/** A delay as it can be recorded: from its own day on, and at most as long as the law lets it be. */
const delay: fc.Arbitrary<AccessDelay> = fc
  .record({
    agency,
    recorded: minutes,
    ahead: fc.integer({ min: 0, max: 40 }),
    days: fc.integer({ min: 0, max: LIMIT }),
  })
  .map(({ recorded, ahead, days, ...rest }) => {
    const recordedAt = at(recorded);
    const startsOn = addDays(on(recordedAt), ahead);
    return { ...rest, recordedAt, startsOn, endsOn: addDays(startsOn, days), caseReference: 'PERKARA-1' };
  });
const delays = fc.array(delay, { maxLength: 12 });
const access: fc.Arbitrary<Access> = fc.record({ agency, at: minutes.map(at) });

const one = (more: Partial<AccessDelay> = {}): AccessDelay => ({
  agency: 'kejari',
  startsOn: '2026-11-20',
  endsOn: '2026-12-19',
  caseReference: 'PERKARA-1',
  recordedAt: '2026-11-20T03:00:00.000Z',
  ...more,
});

describe('an access', () => {
  test('shows 90 days after it at the latest, and not before its day, whatever delays are recorded', () => {
    fc.assert(
      fc.property(access, delays, (asked, recorded) => {
        const from = visibleFrom(asked, recorded, law);
        expect(from <= addDays(on(asked.at), LIMIT)).toBe(true);
        expect(from >= on(asked.at)).toBe(true);
      }),
    );
  });

  test('shows when the delays of its own agency that hold on its day are over, at the latest', () => {
    fc.assert(
      fc.property(access, delays, (asked, recorded) => {
        const day = on(asked.at);
        const ends = recorded
          .filter((each) => each.agency === asked.agency && each.startsOn <= day && day <= each.endsOn)
          .map((each) => addDays(each.endsOn, 1));
        expect(visibleFrom(asked, recorded, law) <= [day, ...ends].sort().at(-1)!).toBe(true);
      }),
    );
  });

  test('is never hidden again, nor for longer, by what is recorded after it', () => {
    fc.assert(
      fc.property(access, delays, (asked, recorded) => {
        const before = recorded.filter((each) => each.recordedAt <= asked.at);
        expect(visibleFrom(asked, recorded, law)).toBe(visibleFrom(asked, before, law));
      }),
    );
  });

  test('shows at the same time in whatever order the delays are told', () => {
    fc.assert(
      fc.property(access, delays, (asked, recorded) => {
        expect(visibleFrom(asked, [...recorded].reverse(), law)).toBe(visibleFrom(asked, recorded, law));
      }),
    );
  });
});

test.each([
  ['before the delay is recorded, on its first day', '2026-11-20T02:59:59.999Z', {}, '2026-11-20'],
  ['at the instant of its recording', '2026-11-20T03:00:00.000Z', {}, '2026-12-20'],
  ['in the last moment of its last day in Jakarta', '2026-12-19T16:59:59.999Z', {}, '2026-12-20'],
  ['in the first moment after', '2026-12-19T17:00:00.000Z', {}, '2026-12-20'],
  ['before its first day', '2026-11-24T16:59:59.999Z', { startsOn: '2026-11-25' }, '2026-11-24'],
  ['by another agency', '2026-11-21T03:00:00.000Z', { agency: 'disnaker' }, '2026-11-21'],
  [
    'on the first day of the longest delay',
    '2026-11-20T03:00:00.000Z',
    { endsOn: '2027-02-18' },
    '2027-02-18',
  ],
  ['on its second day', '2026-11-21T03:00:00.000Z', { endsOn: '2027-02-18' }, '2027-02-19'],
  ['of a single day', '2026-11-20T10:00:00.000Z', { endsOn: '2026-11-20' }, '2026-11-21'],
  [
    'of a delay that is longer than any may be',
    '2026-11-20T10:00:00.000Z',
    { endsOn: '2028-11-20' },
    '2027-02-18',
  ],
])('an access %s shows on its day', (_what, instant, more, expected) => {
  expect(visibleFrom({ agency: 'kejari', at: instant }, [one(more)], law)).toBe(expected);
});

test('a chain of delays prolongs only what is asked under the later ones', () => {
  const chain = [
    one({ endsOn: '2027-02-18' }),
    one({ startsOn: '2027-02-10', endsOn: '2027-05-11', recordedAt: '2027-02-10T03:00:00.000Z' }),
  ];
  const shown = (instant: string) => visibleFrom({ agency: 'kejari', at: instant }, chain, law);
  expect(shown('2026-11-25T03:00:00.000Z')).toBe('2027-02-19');
  expect(shown('2027-02-09T03:00:00.000Z')).toBe('2027-02-19');
  expect(shown('2027-02-10T02:59:00.000Z')).toBe('2027-02-19');
  expect(shown('2027-02-10T03:00:00.000Z')).toBe('2027-05-11');
  expect(shown('2027-02-18T03:00:00.000Z')).toBe('2027-05-12');
});

test('the longest delay is the law of the day of the access', () => {
  const shorter: Pick<Law, 'quantity'> = {
    quantity: (name, day) => ({
      ...law.quantity(name, day),
      value: day < '2026-12-01' ? LIMIT : 10,
    }),
  };
  const shown = (instant: string) => visibleFrom({ agency: 'kejari', at: instant }, [one()], shorter);
  expect(shown('2026-11-30T03:00:00.000Z')).toBe('2026-12-20');
  expect(shown('2026-12-01T03:00:00.000Z')).toBe('2026-12-11');
});
