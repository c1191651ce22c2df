import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assessWorker, totalsOf } from '#src/domain/rules/contributions.ts';
import { loadLaw, readLawFiles, withLaterFiles } from '#src/law/index.ts';

/**
 * Rulesets as they were released, by version: answers that were given under them are computed again for ever, so a
 * later program must load each, with what parameters it has besides.
 */
const FOLDER = new URL('../data/rulesets/', import.meta.url);
const released = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

describe.each(released)('the released ruleset %s', (file) => {
  const files = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Record<string, string>;
  const law = loadLaw(withLaterFiles(new Map(Object.entries(files)), readLawFiles()));

  test('loads, and gives the amounts that it gave', () => {
    const bill = (period: string, wage: number) =>
      totalsOf(assessWorker(law.at(period), 'II', ['JKK', 'JKM', 'JHT', 'JP'], wage)).bill;
    expect([bill('2015-07', 10_000_000), bill('2020-10', 10_000_000), bill('2026-03', 15_000_000)]).toEqual([
      864_000, 839_031, 1_313_589,
    ]);
    expect(law.at('2020-10').dueOn).toBe('2020-11-30');
    expect(law.at('2026-07').dueOn).toBe('2026-08-18');
    expect(law.at('2027-03').jpCeiling).toBeUndefined();
  });

  test('says what it said', () => {
    expect(law.reasons.ARREARS.article).toContain('PP 44/2015 art. 22');
    expect(law.policy('undeclared-month', '2026-11-20').value).toBe('presumed_from_last_roster');
    expect(law.regularisationTerm('2026-11-20').value).toBe(15);
  });
});
