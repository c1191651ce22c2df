import { describe, expect, test } from 'vitest';
import { SCALES } from '#src/domain/parameters.ts';
import {
  missingProgrammes,
  type ObligationFacts,
  pensionable,
  programmesLacking,
} from '#src/domain/rules/obligations.ts';
import { programmesOf } from '#src/domain/rules/programme-mask.ts';
import { loadLaw } from '#src/law/index.ts';

const law = loadLaw();
const parameters = law.at('2026-05');

function missing(facts: Partial<ObligationFacts>, enrolled = 0) {
  const worker: ObligationFacts = { scale: 'large', sector: 'general', birthDate: '1990-05-17', ...facts };
  return programmesOf(missingProgrammes(parameters, worker, enrolled));
}

describe('obligatory are', () => {
  test.each([
    ['large', ['JKK', 'JKM', 'JHT', 'JP']],
    ['medium', ['JKK', 'JKM', 'JHT', 'JP']],
    ['small', ['JKK', 'JKM', 'JHT']],
    ['micro', ['JKK', 'JKM']],
  ] as const)('for a %s enterprise %j', (scale, programmes) => {
    expect(missing({ scale })).toEqual(programmes);
  });

  test.each(SCALES)('for daily workers of a %s builder JKK and JKM', (scale) => {
    expect(missing({ scale, sector: 'construction', employmentType: 'daily' })).toEqual(['JKK', 'JKM']);
  });

  test('for other workers in construction and daily workers elsewhere those of the scale', () => {
    expect(missing({ sector: 'construction', employmentType: 'permanent' })).toHaveLength(4);
    expect(missing({ sector: 'general', employmentType: 'daily' })).toHaveLength(4);
  });

  test('for a foreigner all but JP', () => {
    expect(missing({ citizenship: 'JP' })).toEqual(['JKK', 'JKM', 'JHT']);
    expect(missing({ citizenship: 'ID' })).toHaveLength(4);
  });
});

test('more programmes than obligatory leave none missing', () => {
  expect(missing({ scale: 'micro' }, 15)).toEqual([]);
});

describe('the retirement age', () => {
  test.each([
    ['2026-05', '1967-05-01', false],
    ['2026-05', '1967-05-02', true],
    ['2018-12', '1962-12-01', false],
    ['2018-12', '1962-12-02', true],
  ])('in %s, born %s: JP can be asked for: %s', (period, birthDate, expected) => {
    expect(pensionable(law.at(period), { birthDate })).toBe(expected);
  });

  test('does not call back who had reached it before it rose', () => {
    // 56 on 15 June 2018; 57 holds from January 2019 on, and is reached in June 2019.
    expect(pensionable(law.at('2019-03'), { birthDate: '1962-06-15' })).toBe(false);
    // 56 only in January 2019, when it was 57 already.
    expect(pensionable(law.at('2019-03'), { birthDate: '1963-01-01' })).toBe(true);
    expect(pensionable(law.at('2020-01'), { birthDate: '1963-01-01' })).toBe(false);
  });
});

test('a roster lacks what any of its workers lacks', () => {
  const employer = { scale: 'medium', sector: 'construction' } as const;
  const coverage = [
    { programmes: 15, daily: false, pensionable: true, workers: 10 },
    { programmes: 7, daily: false, pensionable: true, workers: 3 },
    { programmes: 7, daily: false, pensionable: false, workers: 2 },
    { programmes: 1, daily: true, pensionable: true, workers: 4 },
  ];
  expect(programmesLacking(parameters, employer, coverage)).toEqual({
    workers: 7,
    programmes: ['JKM', 'JP'],
  });
  expect(programmesLacking(parameters, employer, [])).toEqual({ workers: 0, programmes: [] });
});
