import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FLAG_EVENTS,
  type Flag,
  type FlagAct,
  type FlagEvent,
  flagChangeDays,
  flagState,
  inForceSince,
  refusalOf,
} from '#src/domain/flags.ts';

const AGENCY = 'disnaker-kulon-progo';
const TODAY = '2026-11-20';

const flag = (events: readonly FlagEvent[] = [], days: Partial<Flag> = {}): Flag => ({
  id: 'f',
  kind: 'procurement_block',
  agency: AGENCY,
  proposedBy: 'ani',
  recordedAt: '2026-11-10T03:00:00.000Z',
  startsOn: '2026-11-15',
  events,
  ...days,
});
const event = (kind: FlagEvent['kind'], day: string, more: Partial<FlagEvent> = {}): FlagEvent => ({
  id: `${kind}-${day}`,
  kind,
  recordedAt: `${day}T03:00:00.000Z`,
  by: 'budi',
  agency: AGENCY,
  ...more,
});
const approval = event('approval', '2026-11-12');
const objection = event('objection', '2026-11-16', { id: 'o', suspensive: true });
const decision = (upheld: boolean) => event('objection_decision', '2026-11-18', { objectionId: 'o', upheld });

describe('the state of a flag', () => {
  test.each<[string, Flag, string, string]>([
    ['without approval', flag(), '2026-11-20', 'proposed'],
    ['rejected', flag([event('rejection', '2026-11-12')]), '2026-11-12', 'rejected'],
    ['before the day of its rejection', flag([event('rejection', '2026-11-12')]), '2026-11-11', 'proposed'],
    ['approved, before its start', flag([approval]), '2026-11-14', 'scheduled'],
    ['on its first day', flag([approval]), '2026-11-15', 'in_force'],
    ['before its approval', flag([approval], { startsOn: '2026-11-01' }), '2026-11-11', 'proposed'],
    ['on its last day', flag([approval], { endsOn: '2026-11-30' }), '2026-11-30', 'in_force'],
    ['after its last day', flag([approval], { endsOn: '2026-11-30' }), '2026-12-01', 'lapsed'],
    ['never approved, after its last day', flag([], { endsOn: '2026-11-30' }), '2026-12-01', 'lapsed'],
    ['with a suspensive objection', flag([approval, objection]), '2026-11-17', 'suspended'],
    [
      'with another objection',
      flag([approval, { ...objection, suspensive: false }]),
      '2026-11-17',
      'in_force',
    ],
    ['whose objection was dismissed', flag([approval, objection, decision(false)]), '2026-11-18', 'in_force'],
    ['whose objection was right', flag([approval, objection, decision(true)]), '2026-11-18', 'lifted'],
    ['until that day', flag([approval, objection, decision(true)]), '2026-11-17', 'suspended'],
    ['not approved, whose objection was right', flag([objection, decision(true)]), '2026-11-18', 'lifted'],
    ['lifted, though it has an end', flag([approval, event('lift', '2026-11-17')]), '2027-11-17', 'lifted'],
    [
      'late in the evening in Jakarta',
      flag([{ ...approval, recordedAt: '2026-11-12T17:00:00.000Z' }]),
      '2026-11-12',
      'proposed',
    ],
  ])('%s', (_, of, asOf, state) => {
    expect(flagState(of, asOf)).toBe(state);
  });

  test('with two suspensive objections lasts until both are decided', () => {
    const second = { ...objection, id: 'p' };
    expect(flagState(flag([approval, objection, second, decision(false)]), TODAY)).toBe('suspended');
  });

  test('is in force from its start, or from an approval that came later', () => {
    expect(inForceSince(flag([approval]))).toBe('2026-11-15');
    expect(inForceSince(flag([approval], { startsOn: '2026-01-01' }))).toBe('2026-11-12');
  });

  test('changes by time alone only on the days that are named', () => {
    const arbitraryDay = fc
      .integer({ min: 1, max: 30 })
      .map((day) => `2026-11-${String(day).padStart(2, '0')}`);
    const events = fc.subarray([approval, objection, decision(false)]);
    fc.assert(
      fc.property(
        events,
        arbitraryDay,
        fc.option(arbitraryDay, { nil: undefined }),
        (all, startsOn, endsOn) => {
          const of = flag(all, { startsOn, ...(endsOn && { endsOn }) });
          const named = flagChangeDays(of, '2026-11-18');
          for (let day = 19; day <= 30; day += 1) {
            const changed = flagState(of, `2026-11-${day}`) !== flagState(of, `2026-11-${day - 1}`);
            if (changed) expect(named).toContain(`2026-11-${day}`);
          }
        },
      ),
    );
  });
});

describe('an act on a flag', () => {
  const act = (kind: FlagAct['kind'], more: Partial<FlagAct> = {}): FlagAct => ({
    kind,
    sub: 'budi',
    agency: AGENCY,
    isEmployer: false,
    ...more,
  });
  const proposed = flag();
  const inForce = flag([approval]);
  const suspended = flag([approval, objection]);
  const ended = [
    flag([event('rejection', '2026-11-12')]),
    flag([approval, event('lift', '2026-11-17')]),
    flag([approval], { endsOn: '2026-11-19' }),
    flag([approval, objection, decision(true)]),
  ];

  test.each<[string, Flag, FlagAct, string | undefined]>([
    ['approval by another person', proposed, act('approval'), undefined],
    ['approval by the proposer', proposed, act('approval', { sub: 'ani' }), 'flag_needs_second_person'],
    ['approval by another agency', proposed, act('approval', { agency: 'x' }), 'flag_of_other_agency'],
    ['a second approval', inForce, act('approval'), 'flag_not_open'],
    ['rejection by the proposer', proposed, act('rejection', { sub: 'ani' }), undefined],
    ['rejection once approved', inForce, act('rejection'), 'flag_not_open'],
    ['lift before approval', proposed, act('lift'), 'flag_not_open'],
    ['lift by the proposer', inForce, act('lift', { sub: 'ani' }), undefined],
    ['lift while suspended', suspended, act('lift'), undefined],
    ['objection by the employer', inForce, act('objection', { isEmployer: true, agency: 'pt' }), undefined],
    ['objection to a proposal', proposed, act('objection', { agency: 'x' }), undefined],
    ['decision', suspended, act('objection_decision', { objectionId: 'o' }), undefined],
    [
      'decision by the proposer',
      suspended,
      act('objection_decision', { objectionId: 'o', sub: 'ani' }),
      'flag_needs_second_person',
    ],
    ['decision on nothing', inForce, act('objection_decision', { objectionId: 'o' }), 'objection_not_open'],
    [
      'a second decision',
      flag([approval, objection, decision(false)]),
      act('objection_decision', { objectionId: 'o' }),
      'objection_not_open',
    ],
  ])('%s', (_, of, what, refusal) => {
    expect(refusalOf(of, what, TODAY)).toBe(refusal);
  });

  test.each(FLAG_EVENTS)('%s is refused once the flag has ended', (kind) => {
    for (const of of ended)
      expect(refusalOf(of, act(kind, { objectionId: 'o' }), TODAY)).toBe('flag_not_open');
  });

  test.each(FLAG_EVENTS)('%s by the employer is refused, but for an objection', (kind) => {
    const refusal = refusalOf(suspended, act(kind, { isEmployer: true, objectionId: 'o' }), TODAY);
    expect(refusal).toBe(kind === 'objection' ? undefined : 'flag_acts_need_agency');
  });
});
