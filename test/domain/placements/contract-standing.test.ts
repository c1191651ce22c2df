import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Action, PURPOSES } from '#src/domain/check-policy.ts';
import { countPlaced, missingWorkers } from '#src/domain/placements/contract-standing.ts';
import { gravestAction, PLACEMENT_FINDINGS } from '#src/domain/placements/placement-policy.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();

describe('workers of a contract', () => {
  const lines = [
    { wage: 2_000_000, placementContract: 'PKS-7' },
    { wage: 3_000_000, placementContract: 'pks - 7' },
    { wage: 1_000_000, placementContract: 'PKS-7', employmentType: 'daily' as const },
    { wage: 1_000_000, placementContract: 'PKS-77' },
    { wage: 1_000_000 },
  ];

  test('are the lines that carry its number', () => {
    expect(countPlaced(lines, 'PKS-7', {})).toEqual({ declared: 3, underMinimum: 0, underBilled: 0 });
    const floors = { minimumWage: 2_000_001, billedMonthlyWage: 3_000_001 };
    expect(countPlaced(lines, 'PKS-7', floors)).toEqual({ declared: 3, underMinimum: 1, underBilled: 2 });
    expect(countPlaced([], 'PKS-7', floors)).toEqual({ declared: 0, underMinimum: 0, underBilled: 0 });
  });

  test('are missing as far as a roster lacks them, and never less than none', () => {
    const terms = { startsOn: '2026-08-01', workersContracted: 40 };
    const missing = (declared: number) =>
      missingWorkers(law, '2026-11-20', terms, { declared, underMinimum: 0, underBilled: 0 });
    expect([missing(0), missing(25), missing(40), missing(41)]).toEqual([40, 15, 0, 0]);
  });

  test('are missing without any roster once the first one should be there', () => {
    const on = (asOf: string, startsOn: string) =>
      missingWorkers(law, asOf, { startsOn, workersContracted: 40 }, undefined);
    // 15 November 2026 is a Sunday.
    expect([on('2026-11-16', '2026-10-31'), on('2026-11-17', '2026-10-31')]).toEqual([0, 40]);
    // Before the programmes began.
    expect([on('2015-08-18', '2010-01-01'), on('2026-11-20', '2010-01-01')]).toEqual([0, 40]);
  });
});

test('what is found of a contract never lightens the action, and more findings never do', () => {
  const policy = law.placementPolicyOn('2026-11-20');
  const finding = fc.constantFrom(...PLACEMENT_FINDINGS);
  const grave = ['proceed', 'proceed_with_conditions', 'ask_review', 'hold'] as const;
  const rank = (action: Action) => grave.indexOf(action as (typeof grave)[number]);
  fc.assert(
    fc.property(
      fc.constantFrom(...PURPOSES),
      fc.constantFrom(...grave),
      fc.array(finding),
      finding,
      (purpose, action, findings, another) => {
        const found = rank(gravestAction(policy, purpose, { action, findings }));
        const more = rank(gravestAction(policy, purpose, { action, findings: [...findings, another] }));
        expect(found).toBeGreaterThanOrEqual(rank(action));
        expect(more).toBeGreaterThanOrEqual(found);
        if (findings.length === 0) expect(found).toBe(rank(action));
      },
    ),
  );
});
