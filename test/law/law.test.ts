import { describe, expect, test } from 'vitest';
import { PeriodNotCovered, PROGRAMMES } from '#src/domain/parameters.ts';
import { loadLaw, valueOn } from '#src/law/index.ts';

const law = loadLaw();

describe('the parameters of a month', () => {
  test('are assembled once', () => {
    expect(law.at('2026-06')).toBe(law.at('2026-06'));
  });

  test('follow the contribution month to the month', () => {
    expect(law.at('2026-02').jpCeiling?.value).toBe(10_547_400);
    expect(law.at('2026-03').jpCeiling?.value).toBe(11_086_300);
    expect(law.at('2027-02').jpCeiling?.value).toBe(11_086_300);
    expect(law.at('2027-03').jpCeiling).toBeUndefined();
    expect(law.at('2027-03').jkm.value).toBe(3_000);
  });

  test('cite parameter and article', () => {
    expect(law.at('2026-06').jkk.IV).toEqual({
      value: 12_700,
      parameter: 'pp-44-2015/jkk/class-iv',
      article: 'PP 44/2015 art. 16(1)d',
    });
  });

  test('begin in July 2015', () => {
    expect(law.firstPeriod).toBe('2015-07');
    expect(law.at('2015-07').obligatory.large.value).toEqual(PROGRAMMES);
    expect(() => law.at('2015-06')).toThrow(PeriodNotCovered);
  });
});

describe('the next change', () => {
  test.each([
    ['2010-01', '2015-07'],
    ['2015-07', '2016-03'],
    ['2026-02', '2026-03'],
    ['2026-03', '2027-03'],
    ['2027-03', '2028-01'],
    ['2043-01', undefined],
  ])('after %s is %s', (period, change) => {
    expect(law.nextChangeAfter(period)).toBe(change);
  });
});

describe('the calendar', () => {
  const { isWorkingDay, isProvisional } = law.calendar;

  test.each([
    ['2026-05-13', true],
    ['2026-05-14', false],
    ['2026-05-15', true],
    ['2026-05-16', false],
    ['2026-08-17', false],
    ['2025-08-18', true],
  ])('%s is a working day: %s', (day, worked) => {
    expect(isWorkingDay(day)).toBe(worked);
    expect(isProvisional(day)).toBe(false);
  });

  test('of a year without a decree has weekends and the fixed holidays, and says so', () => {
    expect(['2027-01-01', '2027-01-02', '2027-06-01', '2027-08-17'].map(isWorkingDay)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isWorkingDay('2027-03-10')).toBe(true);
    expect(isProvisional('2027-03-10')).toBe(true);
    expect(law.at('2026-12')).toMatchObject({ dueOn: '2027-01-15', calendarProvisional: true });
    expect(law.at('2026-11')).toMatchObject({ dueOn: '2026-12-15', calendarProvisional: false });
  });
});

test('a KBLI division suggests a class, or none', () => {
  const { indicativeClass } = law.at('2026-06');
  expect(indicativeClass.parameter).toBe('policy/indicative-jkk-class');
  expect(['41', '47', '31'].map((division) => indicativeClass.value.get(division))).toEqual([
    'V',
    'I',
    undefined,
  ]);
});

test('product decisions are named as such', () => {
  expect(law.arrearsTolerance('2026-11-20', 'tender_award')).toEqual({
    value: 0,
    parameter: 'policy/arrears-tolerance',
    article: 'Patuh policy on the tolerance of arrears',
  });
  expect(law.at('2026-06').governmentCharged.value).toBe(false);
  expect(law.reasons.ARREARS.article).toBe('PP 44/2015 art. 22; UU 24/2011 art. 19');
});

test('each parameter can be read as it is written', () => {
  expect(law.parameters.map(({ id }) => id)).toEqual(law.parameters.map(({ id }) => id).sort());
  const ceiling = law.parameters.find(({ id }) => id === 'pp-45-2015/jp/ceiling')!;
  expect(valueOn(ceiling, '2024-02-29')).toMatchObject({ value: '9559600', basis: { status: 'C1' } });
  expect(valueOn(ceiling, '2015-06-30')).toBeUndefined();
  expect(valueOn(ceiling, '2027-03-01')).toBeUndefined();
});
