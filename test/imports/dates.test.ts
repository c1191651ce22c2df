import { describe, expect, test } from 'vitest';
import { parseDay, parsePeriod } from '#src/imports/dates.ts';
import { refuse } from '#src/imports/refusal.ts';

describe('a day', () => {
  test.each([
    '1990-05-12',
    '1990/05/12',
    '12/05/1990',
    '12/5/1990',
    '12-05-1990',
    '12.05.1990',
    '12 Mei 1990',
    '12 MEI 1990',
    '12-Mei-1990',
    '12 May 1990',
    '1990-05-12 00:00:00',
    '1990-05-12T00:00:00',
    '12/05/1990 0:00',
    '12/05/1990 14.23.11',
  ])('%s', (text) => {
    expect(parseDay(text)).toBe('1990-05-12');
  });

  test.each([
    ['Jan Januari January', '01'],
    ['Feb Februari Pebruari February', '02'],
    ['Mar Maret March', '03'],
    ['Apr April', '04'],
    ['Jun Juni June', '06'],
    ['Jul Juli July', '07'],
    ['Agu Agt Ags Agustus Aug August Agu.', '08'],
    ['Sep Sept September', '09'],
    ['Okt Oct Oktober October', '10'],
    ['Nov Nop November', '11'],
    ['Des Dec Desember December', '12'],
  ])('months: %s', (names, month) => {
    for (const name of names.split(' ')) expect(parseDay(`3 ${name} 2001`)).toBe(`2001-${month}-03`);
  });

  test.each([
    ['32994', 'excel_serial_date'],
    ['32994,5', 'excel_serial_date'],
    ['12/05/90', 'two_digit_year'],
    ['12 Mei 90', 'two_digit_year'],
    ['12-Mei-90', 'two_digit_year'],
    ['90-05-12', 'two_digit_year'],
    ['05/25/1990', 'date_format'],
    ['12/05-1990', 'date_format'],
    ['12 Foo 1990', 'date_format'],
    ['Mei 1990', 'date_format'],
    ['19900512', 'date_format'],
    ['1990-05-11T17:00:00.000Z', 'date_format'],
    [`${' '.repeat(60_000)}1`, 'date_format'],
    ['31/02/1990', 'no_such_day'],
    ['1990-02-30', 'no_such_day'],
    ['29 Feb 1990', 'no_such_day'],
    ['01/01/1890', 'year_out_of_range'],
  ] as const)('%s is refused', (text, code) => {
    expect(parseDay(text)).toBe(refuse(code));
  });
});

describe('a contribution month', () => {
  test.each([
    '2026-05',
    '2026-5',
    '2026/05',
    '202605',
    '05/2026',
    '5/2026',
    '05-2026',
    'Mei 2026',
    'mei-2026',
    'May 2026',
    '01/05/2026',
    '2026-05-01',
    '1 Mei 2026',
    '2026-05-01 00:00:00',
  ])('%s', (text) => {
    expect(parsePeriod(text)).toBe('2026-05');
  });

  test.each([
    ['Mei-26', 'two_digit_year'],
    ['Mei 26', 'two_digit_year'],
    ['05/26', 'two_digit_year'],
    ['46143', 'excel_serial_date'],
    ['02/05/2026', 'period_not_month'],
    ['2026-13', 'period_format'],
    ['202613', 'period_format'],
    ['Foo 2026', 'period_format'],
    ['2026', 'period_format'],
    ['05/01/2026', 'period_not_month'],
  ] as const)('%s is refused', (text, code) => {
    expect(parsePeriod(text)).toBe(refuse(code));
  });
});
