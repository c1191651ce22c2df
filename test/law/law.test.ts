import { describe, expect, test } from 'vitest';
import { addPeriods } from '#src/domain/civil.ts';
import { PeriodNotCovered, POLICIES, POLICY_CHOICES, PROGRAMMES } from '#src/domain/parameters.ts';
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
    expect(law.at('2026-06').jkk.IV).toMatchObject({
      value: 12_700,
      parameter: 'pp-44-2015/jkk/class-iv',
      article: 'PP 44/2015 art. 16(1)d',
      title: { id: 'Iuran JKK kelompok IV, risiko tinggi' },
      certainty: 'C1',
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
    ['2020-03', '2020-08'],
    ['2020-08', '2021-02'],
    ['2024-12', '2025-02'],
    ['2025-03', '2025-08'],
    ['2025-08', '2026-02'],
    ['2026-02', '2026-03'],
    ['2026-03', '2027-03'],
    ['2027-03', undefined],
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
  expect(law.arrearsTolerance('2026-11-20', 'tender_award')).toMatchObject({
    value: 0,
    parameter: 'policy/arrears-tolerance',
    article: 'Patuh policy on the tolerance of arrears',
  });
  expect(law.at('2026-06').governmentCharged.value).toBe(false);
  expect(law.reasons.ARREARS.article).toBe('PP 44/2015 art. 22; PP 45/2015; PP 46/2015; UU 24/2011 art. 19');
});

test.each(POLICIES)('the policy on %s has from the first month on a choice that is implemented', (name) => {
  for (const day of ['2015-07-01', '2026-11-21']) {
    const { value, parameter, certainty } = law.policy(name, day);
    expect(POLICY_CHOICES[name]).toContain(value);
    expect(parameter).toBe(`policy/${name}`);
    expect(certainty).toBe(name === 'part-month' ? 'C2' : 'product_decision');
  }
});

test('construction projects are due when wage earners are, whatever the month', () => {
  for (let period = '2020-08'; period <= '2027-12'; period = addPeriods(period, 1)) {
    expect(law.at(period).construction?.dueOn).toBe(law.at(period).dueOn);
  }
});

test('each parameter can be read as it is written', () => {
  expect(law.parameters.map(({ id }) => id)).toEqual(law.parameters.map(({ id }) => id).sort());
  const ceiling = law.parameters.find(({ id }) => id === 'pp-45-2015/jp/ceiling')!;
  expect(valueOn(ceiling, '2024-02-29')).toMatchObject({ value: '9559600', basis: { status: 'C1' } });
  expect(valueOn(ceiling, '2015-06-30')).toBeUndefined();
  expect(valueOn(ceiling, '2027-03-01')).toBeUndefined();
});

describe('what holds in some months only', () => {
  test.each([
    ['2020-07', undefined, undefined],
    ['2020-08', 10_000, '2021-05-15'],
    ['2021-01', 10_000, '2021-05-15'],
    ['2021-02', undefined, undefined],
  ])('PP 49/2020 in %s', (period, part, settledFrom) => {
    const { partPaid, jpDeferral } = law.at(period);
    expect([partPaid.JKK?.value, partPaid.JKM?.value]).toEqual([part, part]);
    expect(jpDeferral?.settledFrom.value).toBe(settledFrom);
  });

  test.each([
    ['2025-01', undefined],
    ['2025-02', 'PP 7/2025 art. 3(3)'],
    ['2025-08', 'PP 36/2025 art. 10A'],
    ['2026-02', undefined],
  ])('the relief of labour-intensive industry in %s', (period, article) => {
    expect(law.at(period).labourIntensive?.fewestWorkers.article).toBe(article);
  });

  test.each([
    ['2021-01', undefined, undefined],
    ['2021-02', 1_400, 1_000],
    ['2025-01', 1_400, 1_000],
    ['2025-02', 1_400, undefined],
  ])('what moves to JKP in %s', (period, fromJkk, fromJkm) => {
    const { jkp } = law.at(period);
    expect([jkp?.fromJkk.value, jkp?.fromJkm?.value]).toEqual([fromJkk, fromJkm]);
  });
});

test('the informal segment has 33 bands from 0 on', () => {
  const bands = law.at('2026-06').bpu.bands.value;
  expect(bands).toHaveLength(33);
  expect(bands[0]).toEqual({ from: 0, nominal: 1_000_000 });
  expect(bands.at(-1)).toEqual({ from: 20_200_000, nominal: 20_700_000 });
});

test('terms by day', () => {
  const day = '2026-11-20';
  expect(law.regularisationTerm(day)).toMatchObject({
    value: 15,
    parameter: 'policy/regularisation-term',
    article: 'Patuh policy on regularisation',
  });
  const { warnings, warningTerm, fineTerm, fine } = law.sanctionTerms(day);
  expect([warnings, warningTerm, fineTerm, fine].map(({ value }) => value)).toEqual([2, 10, 30, 1_000]);
  const { change, newWorker, newWorkerInJp } = law.reportingTerms(day);
  expect([change, newWorker, newWorkerInJp].map(({ value }) => value)).toEqual([7, 30, 30]);
});

test('the calendar names its holidays', () => {
  expect(law.calendar.holidayOn('2026-08-17')).toMatchObject({
    value: 'Hari Kemerdekaan',
    parameter: 'calendar/2026',
    article: 'Joint decree (SKB) 1497/2025, 2/2025, 5/2025 annex',
  });
  expect(law.calendar.holidayOn('2027-12-25')).toMatchObject({
    value: 'Hari Raya Natal',
    parameter: 'calendar/fixed',
  });
  expect(law.calendar.holidayOn('2026-08-16')).toBeUndefined();
  expect(law.calendar.holidayOn('2026-05-15')).toBeUndefined();
  expect(law.calendar.workedLeaveOn('2026-05-15')).toMatchObject({
    name: 'Kenaikan Yesus Kristus',
    rule: { parameter: 'policy/collective-leave-is-working-day' },
  });
  expect(law.calendar.workedLeaveOn('2026-05-14')).toBeUndefined();
});

test('what migrant workers pay through an agency is the sum of its parts', () => {
  const [whole, ...parts] = ['agency', 'agency-before', 'agency-during'].map((name) => {
    const parameter = law.parameters.find(({ id }) => id === `permenaker-4-2023/pmi/${name}`)!;
    return Number(valueOn(parameter, '2026-06-01')!.value);
  });
  expect(parts.reduce((a, b) => a + b)).toBe(whole);
});
