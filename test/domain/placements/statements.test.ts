import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isVouchedFor,
  SIDES,
  type Side,
  type Statement,
  saidBy,
  standingOfPlacement,
} from '#src/domain/placements/statements.ts';
import { contractKey, type PlacementTerms, samePrincipal } from '#src/domain/placements/terms.ts';

const TERMS: PlacementTerms = {
  principal: { name: 'RSUD Wates' },
  contractNumber: 'PKS-7/2026',
  startsOn: '2026-08-01',
  workersContracted: 40,
};

/** Statements as they come, a second apart. */
function said(...given: Omit<Statement, 'id' | 'recordedAt'>[]): Statement[] {
  return given.map((each, index) => ({
    ...each,
    id: String(index),
    recordedAt: `2026-11-20T00:00:${String(index).padStart(2, '0')}.000Z`,
  }));
}

const declares = (side: Side, more: Partial<PlacementTerms> = {}) =>
  ({ kind: 'declaration', side, terms: { ...TERMS, ...more } }) as const;
const changes = (side: Side, more: Partial<PlacementTerms>) =>
  ({ kind: 'change', side, terms: { ...TERMS, ...more } }) as const;
const confirms = (side: Side, more: Partial<PlacementTerms> = {}) =>
  ({ kind: 'response', side, confirmed: true, terms: { ...TERMS, ...more } }) as const;
const denies = (side: Side, more?: Partial<PlacementTerms>) =>
  ({
    kind: 'response',
    side,
    confirmed: false,
    reason: 'x',
    ...(more && { terms: { ...TERMS, ...more } }),
  }) as const;

describe('the state of a contract', () => {
  test.each<[what: string, statements: Statement[], state: string]>([
    ['one side alone', said(declares('vendor')), 'declared'],
    ['the same terms', said(declares('vendor'), declares('principal')), 'confirmed'],
    ['other terms', said(declares('vendor'), declares('principal', { workersContracted: 3 })), 'disputed'],
    ['a confirmation', said(declares('principal'), confirms('vendor')), 'confirmed'],
    ['a denial', said(declares('principal'), denies('vendor')), 'disputed'],
    ['a denial taken back', said(declares('principal'), denies('vendor'), confirms('vendor')), 'confirmed'],
    [
      'a confirmation of terms that were changed',
      said(declares('vendor'), confirms('principal'), changes('vendor', { workersContracted: 3 })),
      'declared',
    ],
    [
      'a denial of terms that were changed',
      said(declares('vendor'), denies('principal'), changes('vendor', { workersContracted: 3 })),
      'declared',
    ],
    [
      'terms of its own against a change',
      said(
        declares('vendor'),
        denies('principal', { workersContracted: 3 }),
        changes('vendor', { workersContracted: 4 }),
      ),
      'disputed',
    ],
    [
      'a change to what the other side stated',
      said(
        declares('vendor'),
        denies('principal', { workersContracted: 3 }),
        changes('vendor', { workersContracted: 3 }),
      ),
      'confirmed',
    ],
    [
      'one other side for and one against',
      said(declares('vendor'), confirms('principal'), denies('agency')),
      'disputed',
    ],
  ])('%s', (_what, statements, state) => {
    expect(standingOfPlacement(statements).state).toBe(state);
  });

  test('is the same for the sides in any roles, and has mismatches exactly where stated terms differ', () => {
    const side = fc.constantFrom(...SIDES);
    const workersContracted = fc.integer({ min: 1, max: 3 });
    const later = fc.tuple(fc.constantFrom(declares, confirms, denies), side, workersContracted);
    fc.assert(
      fc.property(side, workersContracted, fc.array(later, { maxLength: 6 }), (owner, workers, given) => {
        const others = given.filter(([, by]) => by !== owner);
        const statements = said(
          declares(owner, { workersContracted: workers }),
          ...others.map(([say, by, count]) =>
            // What is confirmed are the terms as they stand.
            say(by, { workersContracted: say === confirms ? workers : count }),
          ),
        );
        const standing = standingOfPlacement(statements);
        const newest = SIDES.flatMap((each) => statements.findLast((one) => one.side === each) ?? []);
        const differing = newest.filter(({ terms }) => terms!.workersContracted !== workers);
        expect(standing.declaredBy).toBe(owner);
        expect(standing.state).toBe(
          differing.length > 0 ? 'disputed' : newest.length > 1 ? 'confirmed' : 'declared',
        );
        expect(standing.mismatches.map(({ field }) => field)).toEqual(
          differing.length > 0 ? ['workersContracted'] : [],
        );
      }),
    );
  });

  test('says whether the principal agrees: by itself or by who buys for it, and not by what a vendor claims', () => {
    const claims = { confirmedByPrincipal: true };
    const agrees = (...statements: Parameters<typeof said>) =>
      standingOfPlacement(said(...statements)).confirmedByPrincipal;
    expect(agrees(declares('vendor', claims))).toBe(false);
    expect(agrees(declares('agency', claims), confirms('vendor'))).toBe(false);
    expect(agrees(declares('principal'))).toBe(true);
    expect(agrees(declares('procurement_unit'))).toBe(true);
    expect(agrees(declares('procurement_unit', { confirmedByPrincipal: false }))).toBe(false);
    expect(agrees(declares('vendor'), confirms('procurement_unit'))).toBe(true);
    expect(agrees(declares('vendor'), declares('principal', { workersContracted: 3 }))).toBe(false);
  });

  test('is vouched for by anybody but the principal who does not merely deny it', () => {
    expect(isVouchedFor(said(declares('principal')))).toBe(false);
    expect(isVouchedFor(said(declares('principal'), denies('vendor')))).toBe(false);
    expect(isVouchedFor(said(declares('principal'), denies('vendor', { workersContracted: 3 })))).toBe(true);
    expect(isVouchedFor(said(declares('principal'), confirms('vendor'), denies('vendor')))).toBe(false);
    expect(isVouchedFor(said(declares('agency'), denies('vendor')))).toBe(true);
    const moved = [
      declares('principal'),
      confirms('vendor'),
      changes('principal', { contractNumber: 'PKS-8' }),
    ];
    expect(isVouchedFor(said(...moved))).toBe(false);
    expect(isVouchedFor(said(...moved, confirms('vendor', { contractNumber: 'pks - 8' })))).toBe(true);
  });

  test('was what was said by then', () => {
    const statements = said(declares('vendor'), confirms('principal'));
    expect(saidBy(statements, '2026-11-19T00:00:00.000Z')).toBeUndefined();
    const first = saidBy(statements, statements[0]!.recordedAt)!;
    expect(standingOfPlacement(first).state).toBe('declared');
  });
});

describe('terms', () => {
  test.each([
    ['PKS-7/2026', 'pks – 7 / 2026'],
    ['PKS-7/2026', 'ＰＫＳ－７／２０２６'],
    ['No. 12 / SPK', 'no.12/spk '],
    ['SPK 1 12', 'spk  1  12'],
  ])('%s is the number of %s', (a, b) => {
    expect(contractKey(a)).toBe(contractKey(b));
  });

  test.each([
    ['SPK 1 12', 'SPK 11 2'],
    ['PKS-71', 'PKS-7/1'],
  ])('%s is not the number of %s', (a, b) => {
    expect(contractKey(a)).not.toBe(contractKey(b));
  });

  test('a number as it is compared is compared as itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => contractKey(contractKey(text)) === contractKey(text),
      ),
    );
    const marksApart = '\u{1d15e}\ufe70';
    expect(contractKey(contractKey(marksApart))).toBe(contractKey(marksApart));
  });

  test('principals are the same by the strongest identifier that both have', () => {
    const [id, other] = ['a', 'b'];
    expect(samePrincipal({ employerId: id, name: 'X' }, { employerId: id, name: 'Y' })).toBe(true);
    expect(samePrincipal({ employerId: id, name: 'X' }, { employerId: other, name: 'X' })).toBe(false);
    expect(samePrincipal({ name: 'X', npwp: '1' }, { name: 'X', npwp: '2' })).toBe(false);
    expect(samePrincipal({ name: 'PT. Maju Jaya', npwp: '1' }, { employerId: id, name: 'Maju Jaya' })).toBe(
      true,
    );
  });
});
