import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#src/domain/civil.ts';
import { type Evidence, FEWEST_SUMMED, findingsOf } from '#src/domain/evidence.ts';
import type { Facts } from '#src/domain/facts.ts';
import { compareRoster } from '#src/domain/rules/roster-comparison.ts';
import { standingOf } from '#src/domain/verdict/standing.ts';
import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { allFacts, history, law, TODAY } from './histories.ts';

const ROSTER = { headcount: 25, wageBill: 60_000_000 };
const NOTHING = { missing: 0, underpaid: 0, hiddenWages: 0 };

function piece(more: Partial<Evidence> = {}, shown: Partial<Evidence['compared']> = {}): Evidence {
  return {
    id: '019a0000-0000-7000-8000-00000000000e',
    kind: 'inspection',
    agency: 'disnaker',
    observedOn: '2026-03-03',
    recordedAt: '2026-03-04T05:00:00.000Z',
    compared: { period: '2026-03', ...ROSTER, ...NOTHING, ...shown },
    ...more,
  };
}

/** A registered company that is in order, with nothing against it but this evidence; or one that is not registered. */
function company(evidence: readonly Evidence[], more: Partial<Facts> = {}, registered = true): Facts {
  return {
    employerId: '019a0000-0000-7000-8000-000000000001',
    employer: {
      legalName: 'PT Bukti',
      kind: 'private',
      scale: 'small',
      sector: 'general',
      jkkClass: 'I',
      jkkClassOrigin: 'bpjs_decision',
      regionCode: '34.01',
      ...(registered && { registeredOn: '2026-01-05' }),
    },
    enteredOn: '2026-01-05',
    classes: [{ from: '', jkkClass: 'I', origin: 'bpjs_decision' }],
    ...(registered && { settledThrough: '2027-12' }),
    declarations: [],
    payments: [],
    flags: [],
    suspensions: [],
    evidence,
    sanctions: [],
    inspections: [],
    minimumWages: [],
    ...more,
  } as Facts;
}

/** The reasons that rest on evidence. */
function reasonsOn(day: string, facts: Facts) {
  return standingOf(facts, law, day).reasons.filter((reason) => reason.evidence);
}

describe('what evidence shows', () => {
  test.each([
    ['more workers than declared', { headcount: 40 }, {}, [{ code: 'PARTIAL_WORKERS', workers: 15 }]],
    ['as many as declared', { headcount: 25 }, {}, []],
    ['fewer than declared', { headcount: 3 }, {}, []],
    ['some by name who are missing', {}, { missing: 2 }, [{ code: 'PARTIAL_WORKERS', workers: 2 }]],
    [
      'the higher of both, never their sum',
      { headcount: 27 },
      { missing: 5 },
      [{ code: 'PARTIAL_WORKERS', workers: 5 }],
    ],
    [
      'some who are paid more than declared',
      {},
      { underpaid: 3, hiddenWages: 700_000 },
      [{ code: 'PARTIAL_WAGES', workers: 3, amount: 700_000 }],
    ],
    [
      'so few of them that a sum would tell the wage of one',
      {},
      { underpaid: 2, hiddenWages: 700_000 },
      [{ code: 'PARTIAL_WAGES', workers: 2 }],
    ],
    [
      'the wages of some within a wage bill, never their sum',
      { wageBill: 61_000_000 },
      { underpaid: 3, hiddenWages: 700_000 },
      [{ code: 'PARTIAL_WAGES', workers: 3, amount: 1_000_000 }],
    ],
    [
      'a wage bill above the declared one',
      { wageBill: 61_000_000 },
      {},
      [{ code: 'PARTIAL_WAGES', amount: 1_000_000 }],
    ],
    [
      'a wage bill that hidden workers explain',
      { wageBill: 90_000_000, headcount: 26 },
      {},
      [{ code: 'PARTIAL_WORKERS', workers: 1 }],
    ],
    ['a lower wage bill', { wageBill: 59_999_999 }, {}, []],
  ] as const)('%s', (_, stated, shown, found) => {
    expect(findingsOf(piece(stated, shown))).toEqual(found);
  });

  test('nothing where there is no roster at or before the month', () => {
    const { compared: _, ...alone } = piece({ headcount: 40 });
    expect(findingsOf(alone)).toEqual([]);
  });

  test('a comparison counts each worker once, and never more than there are', () => {
    const nik = fc
      .integer({ min: 1, max: 12 })
      .map((serial) => `34010141079000${String(serial).padStart(2, '0')}`);
    const wage = fc.integer({ min: 1, max: 9_000_000 });
    const lines = fc.uniqueArray(fc.record({ nik, wage }), { selector: (each) => each.nik });
    const seen = fc.uniqueArray(fc.record({ nik, wage: fc.option(wage, { nil: undefined }) }), {
      selector: (each) => each.nik,
    });
    fc.assert(
      fc.property(lines, seen, fc.option(wage, { nil: undefined }), (declared, workers, lowestWage) => {
        const shown = compareRoster({ ...(lowestWage && { lowestWage }) }, workers, declared);
        const on = new Map(declared.map((each) => [each.nik, each.wage]));
        expect(shown.headcount).toBe(declared.length);
        expect(shown.wageBill).toBe(declared.reduce((sum, each) => sum + each.wage, 0));
        expect(shown.missing).toBe(workers.filter((each) => !on.has(each.nik)).length);
        const hidden = declared.map(({ nik: who, wage: stated }) => {
          const paid = workers.find((each) => each.nik === who)?.wage ?? 0;
          return Math.max(0, paid - stated, (lowestWage ?? 0) - stated);
        });
        expect(shown.underpaid).toBe(hidden.filter((each) => each > 0).length);
        expect(shown.hiddenWages).toBe(hidden.reduce((sum, each) => sum + each, 0));
        expect(JSON.stringify(shown)).not.toMatch(/\d{16}/);
      }),
    );
  });
});

describe('in a verdict', () => {
  const hiding = { headcount: 40 };

  test('an inspection makes a breach, anything else a warning', () => {
    expect(standingOf(company([piece(hiding)]), law, '2026-03-10')).toMatchObject({
      status: 'non_compliant',
      validUntil: '2027-03-03',
      reasons: [
        {
          code: 'PARTIAL_WORKERS',
          severity: 'breach',
          since: '2026-03-03',
          until: '2027-03-02',
          periods: ['2026-03'],
          workers: 15,
          evidence: 'inspection',
          reference: '019a0000-0000-7000-8000-00000000000e',
        },
      ],
    });
    const reported = company([piece({ ...hiding, kind: 'wlkp_report' })]);
    expect(standingOf(reported, law, '2026-03-10')).toMatchObject({
      status: 'compliant_with_conditions',
      reasons: [{ code: 'PARTIAL_WORKERS', severity: 'warning', evidence: 'wlkp_report' }],
    });
  });

  test.each([
    ['2026-03-03', '2027-03-02'],
    ['2024-02-29', '2025-02-27'],
    ['2025-12-31', '2026-12-30'],
    ['2026-01-01', '2026-12-31'],
  ])('evidence of %s counts from that day through %s', (observedOn, last) => {
    const facts = company([piece({ ...hiding, observedOn })]);
    const count = (day: string) => reasonsOn(day, facts).length;
    expect([addDays(observedOn, -1), observedOn, last, addDays(last, 1)].map(count)).toEqual([0, 1, 1, 0]);
  });

  test('of several on a month the one with most workers speaks, then the amount, then the newest', () => {
    const ids = (pieces: readonly Evidence[]) =>
      reasonsOn('2026-04-20', company(pieces)).map(({ reference, severity }) => [severity, reference]);
    const most = piece({ id: 'most', headcount: 50 });
    const newer = piece({ id: 'newer', headcount: 40, observedOn: '2026-03-20' });
    const reported = piece({ id: 'reported', kind: 'tax_withholding', headcount: 30 });
    expect(ids([newer, most, reported, piece(hiding)])).toEqual([
      ['breach', 'most'],
      ['warning', 'reported'],
    ]);
    expect(ids([newer, piece(hiding)])).toEqual([['breach', 'newer']]);
    const wages = (id: string, workers: number, amount: number) =>
      piece({ id }, { underpaid: workers, hiddenWages: amount });
    expect(ids([wages('little', 3, 10), wages('much', 3, 900), wages('few', 2, 9_000)])).toEqual([
      ['breach', 'much'],
    ]);
  });

  test('a verdict stays bounded, whatever is recorded', () => {
    const pieces = Array.from({ length: 300 }, (_, index) =>
      piece({
        id: `piece-${index}`,
        kind: index % 2 ? 'inspection' : 'worker_complaint',
        headcount: 26 + (index % 7),
        observedOn: addDays('2026-03-03', -(index % 5)),
      }),
    );
    expect(reasonsOn('2026-04-20', company(pieces))).toHaveLength(2);
  });

  test('who is not registered and has no workers is not in scope, while that evidence counts', () => {
    const nobody = piece({ headcount: 0, kind: 'wlkp_report', observedOn: '2026-02-02' });
    const facts = company([nobody], {}, false);
    expect(standingOf(facts, law, '2026-02-01')).toMatchObject({ status: 'not_registered' });
    expect(standingOf(facts, law, '2026-03-10')).toMatchObject({
      status: 'not_in_scope',
      validUntil: '2027-02-02',
      reasons: [{ code: 'NOT_REGISTERED', severity: 'info', evidence: 'wlkp_report', reference: nobody.id }],
    });
    expect(standingOf(facts, law, '2027-02-02')).toMatchObject({
      status: 'not_registered',
      validUntil: null,
    });
    const since = piece({ id: 'since', headcount: 3, observedOn: '2026-03-05' });
    const { compared: _, ...newer } = since;
    expect(standingOf(company([newer, nobody], {}, false), law, '2026-03-10').status).toBe('not_registered');
    const { headcount: _headcount, ...other } = newer;
    const withNewer = (more: Partial<Evidence>) =>
      standingOf(company([{ ...other, ...more }, nobody], {}, false), law, '2026-03-10').status;
    expect(withNewer({ workersSeen: 1 })).toBe('not_registered');
    expect(withNewer({ wageBill: 1 })).toBe('not_registered');
    expect(withNewer({ headcount: 0, lowestWage: 1 })).toBe('not_registered');
    expect(withNewer({ wageBill: 0 })).toBe('not_in_scope');
  });

  test('an upheld dispute refutes what there was when it was decided, not later evidence', () => {
    const upheld = {
      kind: 'dispute' as const,
      id: 'dispute',
      recordedAt: '2026-03-05T05:00:00.000Z',
      openedOn: '2026-03-05',
      suspensive: false,
      ending: {
        kind: 'decision' as const,
        on: '2026-03-08',
        upheld: true,
        recordedAt: '2026-03-08T05:00:00.000Z',
      },
    };
    const suspensions = [upheld];
    const severities = (pieces: Evidence[]) =>
      reasonsOn('2026-03-20', company(pieces, { suspensions })).map(({ severity }) => severity);
    expect(severities([piece(hiding)])).toEqual(['info']);
    const later = piece({ ...hiding, id: 'later', recordedAt: '2026-03-09T05:00:00.000Z' });
    expect(severities([piece(hiding), later])).toEqual(['breach', 'info']);
  });

  test('a suspensive dispute and a plan over its month take the consequences away', () => {
    const about = { codes: ['PARTIAL_WORKERS'] as const, periods: ['2026-03'] };
    const dispute = {
      ...about,
      kind: 'dispute' as const,
      id: 'dispute',
      recordedAt: '2026-03-05T05:00:00.000Z',
      openedOn: '2026-03-05',
      suspensive: true,
    };
    const facts = company([piece(hiding)], { suspensions: [dispute] });
    expect(standingOf(facts, law, '2026-03-06').status).toBe('compliant_with_conditions');
    expect(standingOf(facts, law, '2026-03-04').status).toBe('non_compliant');
  });
});

test('what a reason says never exceeds what its evidence and its roster hold, and names nobody', () => {
  const language = fc.constantFrom('id', 'en' as const);
  const days = fc.integer({ min: -330, max: 400 }).map((more) => addDays(TODAY, more));
  fc.assert(
    fc.property(history, days, language, (past, asOf, to) => {
      const facts = allFacts(past);
      const known = { facts, asOf, knownAt: '9999', dataCutoff: '9999' };
      const { reasons } = verdictOf(known, law, to);
      const seen = new Set<string>();
      for (const { code, severity, periods, workers, amount, reference, evidence, sentences } of reasons) {
        if (!evidence || code === 'NOT_REGISTERED') continue;
        const key = `${code} ${severity} ${periods!.join()}`;
        expect(seen.has(key)).toBe(false);
        seen.add(key);
        const by = facts.evidence.find(({ id }) => id === reference)!;
        const { compared } = by;
        expect(periods).toEqual([compared!.period]);
        expect(facts.declarations.map(({ period }) => period)).toContain(compared!.period);
        if (severity === 'breach') expect(by.kind).toBe('inspection');
        if (code === 'PARTIAL_WORKERS')
          expect(workers).toBeLessThanOrEqual(Math.max(by.headcount ?? 0, by.workersSeen ?? 0));
        else {
          expect(workers ?? 0).toBeLessThanOrEqual(compared!.headcount);
          if (amount === undefined) expect(workers).toBeLessThan(FEWEST_SUMMED);
          else expect(amount).toBeGreaterThan(0);
        }
        expect(`${sentences.id} ${sentences.en}`).not.toMatch(/undefined|NaN|\d{16}/);
      }
    }),
    { numRuns: 300 },
  );
});
