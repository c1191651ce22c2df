import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Inspection } from '#src/domain/inspections/inspection.ts';
import { claimsOf, type Priority, priorityOf } from '#src/domain/inspections/priority.ts';
import { becauseOf } from '#src/domain/inspections/priority-text.ts';
import { FULL_PRIORITY, PRIORITY_PARTS } from '#src/domain/inspections/weights.ts';
import type { Reason } from '#src/domain/verdict/reasons.ts';
import { condense, stretchesOf } from '#src/domain/verdict/standing.ts';
import { type Judgement, judge } from '#src/domain/verdict/verdict.ts';
import { allFacts, history, law, TODAY } from '#test/domain/histories.ts';

const RUNS = { numRuns: 300 };
const CODES = ['ARREARS', 'NOT_DECLARED', 'PARTIAL_WORKERS', 'PARTIAL_WAGES', 'PARTIAL_PROGRAMMES'] as const;

const day = fc.integer({ min: 0, max: 1200 }).map((days) => addDays(TODAY, -days));
const reason = fc
  .record({
    code: fc.constantFrom(...CODES),
    severity: fc.constantFrom('breach', 'warning' as const),
    since: day,
    workers: fc.integer({ min: 1, max: 400 }),
  })
  .map((each): Reason => ({ ...each, article: '' }));

/** A judgement as far as a priority looks at it. */
const judgement = fc
  .record({
    reasons: fc.array(reason, { maxLength: 4 }),
    total: fc.integer({ min: 0, max: 3_000_000_000 }),
    flags: fc.integer({ min: 0, max: 4 }),
  })
  .map(
    ({ reasons, total, flags }): Judgement => ({
      status: 'non_compliant',
      reasons,
      arrears: { months: 0, contributions: total, lateCharge: 0, total },
      restrictions: Array.from({ length: flags }, () => ({
        kind: 'watch' as const,
        by: 'a',
        since: TODAY,
        reference: 'b',
      })),
    }),
  );

const facts = fc.record({ past: history, headcount: fc.integer({ min: 0, max: 500 }) }).map(
  ({ past, headcount }): Facts => ({
    ...allFacts(past),
    declarations: allFacts(past).declarations.map((each) => ({ ...each, headcount })),
  }),
);

function visit(on: string): Inspection {
  const recordedAt = `${on}T03:00:00.000Z`;
  const outcome = { kind: 'visited', on, found: ['ARREARS'], recordedAt } as const;
  return { id: on, agency: 'a', inspector: 'b', plannedOn: on, claims: [], recordedAt, outcome };
}

function pointsOf({ points }: Priority): number {
  return points;
}

test('a priority is 0 exactly where there is no breach and no warning, and the sum of its parts', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 500 }), (past, days) => {
      const known = allFacts(past);
      const on = addDays(TODAY, days);
      const judged = judge(known, law, on);
      const { points, parts } = priorityOf(judged, known, law, on);
      const nothing =
        judged.status === 'not_in_scope' || judged.reasons.every(({ severity }) => severity === 'info');
      expect(points === 0).toBe(nothing);
      expect(claimsOf(judged).length === 0).toBe(nothing);
      expect(points).toBe(parts.reduce((sum, part) => sum + part.points, 0));
    }),
    RUNS,
  );
});

test('each part has whole points from 0 to its weight, and says why in both languages', () => {
  fc.assert(
    fc.property(judgement, facts, (judged, known) => {
      fc.pre(judged.reasons.length > 0);
      const { points, parts } = priorityOf(judged, known, law, TODAY);
      expect(parts.map(({ name }) => name)).toEqual(PRIORITY_PARTS);
      for (const part of parts) {
        expect(Number.isInteger(part.points)).toBe(true);
        expect(part.points).toBeGreaterThanOrEqual(0);
        expect(part.points).toBeLessThanOrEqual(part.weight);
        const because = becauseOf(part);
        expect(because.id).not.toBe(because.en);
        expect(because.id + because.en).not.toMatch(/undefined|NaN|\[object/);
      }
      expect(points).toBeGreaterThanOrEqual(1);
      expect(points).toBeLessThanOrEqual(FULL_PRIORITY);
    }),
    RUNS,
  );
});

describe('more of anything never lowers a priority:', () => {
  const more: [what: string, worsen: (judged: Judgement, known: Facts, by: number) => [Judgement, Facts]][] =
    [
      [
        'money',
        (judged, known, by) => [
          { ...judged, arrears: { ...judged.arrears, total: judged.arrears.total + by * 1_000_000 } },
          known,
        ],
      ],
      [
        'workers',
        (judged, known, by) => [
          judged,
          {
            ...known,
            declarations: known.declarations.map((each) => ({ ...each, headcount: each.headcount + by })),
          },
        ],
      ],
      [
        'missing workers',
        (judged, known, by) => [
          {
            ...judged,
            reasons: judged.reasons.map((each) => ({ ...each, workers: (each.workers ?? 0) + by })),
          },
          known,
        ],
      ],
      [
        'reasons',
        (judged, known, by) => [
          {
            ...judged,
            reasons: [
              ...judged.reasons,
              {
                code: CODES[by % CODES.length]!,
                severity: by % 2 === 0 ? 'breach' : 'warning',
                since: addDays(TODAY, -by),
                article: '',
              },
            ],
          },
          known,
        ],
      ],
      [
        'history',
        (judged, known, by) => [
          judged,
          { ...known, inspections: [...known.inspections, visit(addDays(TODAY, -by))] },
        ],
      ],
      [
        'flags',
        (judged, known) => [
          {
            ...judged,
            restrictions: [
              ...judged.restrictions,
              { kind: 'watch' as const, by: 'a', since: TODAY, reference: 'b' },
            ],
          },
          known,
        ],
      ],
    ];

  test.each(more)('%s', (_, worsen) => {
    fc.assert(
      fc.property(judgement, facts, fc.integer({ min: 0, max: 800 }), (judged, known, by) => {
        const before = priorityOf(judged, known, law, TODAY).points;
        expect(pointsOf(priorityOf(...worsen(judged, known, by), law, TODAY))).toBeGreaterThanOrEqual(before);
      }),
      RUNS,
    );
  });

  test('an inspection’s finding weighs more than a signal, and a fresh one more than an old one', () => {
    const evidence = (severity: Reason['severity'], since: string) => {
      const reasons: Reason[] = [{ code: 'PARTIAL_WAGES', severity, since, article: '' }];
      const arrears = { months: 0, contributions: 0, lateCharge: 0, total: 0 };
      const judged: Judgement = { status: 'non_compliant', reasons, arrears, restrictions: [] };
      const known = { declarations: [], evidence: [], inspections: [], sanctions: [] } as unknown as Facts;
      return priorityOf(judged, known, law, TODAY).parts.find(({ name }) => name === 'evidence')!.points;
    };
    expect(evidence('breach', TODAY)).toBe(150);
    expect(evidence('warning', TODAY)).toBe(75);
    expect(evidence('breach', addDays(TODAY, -100))).toBeLessThan(150);
    expect(evidence('breach', addDays(TODAY, -3000))).toBe(13);
  });
});

test('condensed facts give the same priority on every later day', () => {
  const visits = fc.array(
    fc.integer({ min: 0, max: 400 }).map((days) => visit(addDays(TODAY, -days))),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(history, visits, fc.integer({ min: 0, max: 500 }), (past, inspections, days) => {
      const known = { ...allFacts(past), inspections };
      const on = addDays(TODAY, days);
      const condensed = condense(known, law, TODAY);
      const priority = priorityOf(judge(known, law, on), known, law, on);
      expect(priorityOf(judge(condensed, law, on), condensed, law, on)).toEqual(priority);
    }),
    RUNS,
  );
});

test('stretches have the priority of each of their days', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 44 }), (past, days) => {
      const known = allFacts(past);
      const on = addDays(TODAY, days);
      const covering = stretchesOf(known, law, TODAY, addDays(TODAY, 45)).find(
        ({ from, until }) => from <= on && on < until,
      );
      expect(covering?.priority).toBe(priorityOf(judge(known, law, on), known, law, on).points);
    }),
    RUNS,
  );
});
