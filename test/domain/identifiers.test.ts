import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseName, parseKbli, parseNib, parseNpp, parseNpwp } from '#src/domain/identifiers.ts';
import { maskNik, nikMatches, parseNik } from '#src/domain/nik.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const nikOf = fc
  .record({
    district: fc.integer({ min: 110101, max: 969999 }),
    born: fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    sex: fc.constantFrom('M', 'F'),
    serial: fc.integer({ min: 1, max: 9999 }),
  })
  .map(({ district, born, sex, serial }) => {
    const day = born.toISOString().slice(0, 10);
    const dayOfMonth = String(Number(day.slice(8)) + (sex === 'F' ? 40 : 0)).padStart(2, '0');
    const nik = `${district}${dayOfMonth}${day.slice(5, 7)}${day.slice(2, 4)}${String(serial).padStart(4, '0')}`;
    return { nik, day, sex };
  });

describe('NIK', () => {
  test('says sex and birth date, a woman by day + 40 (law case NIK-03)', () => {
    expect(parseNik('3404075201900001')).toEqual({
      ok: true,
      value: '3404075201900001',
      sex: 'F',
      birthDates: ['1990-01-12', '2090-01-12'],
    });
  });

  test('a known birth date settles the century, another is not taken', () => {
    expect(parseNik('3404071201900001', '1990-01-12')).toMatchObject({ sex: 'M', birthDate: '1990-01-12' });
    expect(parseNik('3404071201900001', '1990-01-13')).not.toHaveProperty('birthDate');
  });

  test('29 February 00 is 2000, for 1900 had none', () => {
    expect(parseNik('3404072902000001')).toMatchObject({
      birthDates: ['2000-02-29'],
      birthDate: '2000-02-29',
    });
  });

  test.each([
    ['law case NIK-04, day 35', '3404073501900001', 'day_out_of_range'],
    ['day 00', '3404070001900001', 'day_out_of_range'],
    ['day 40', '3404074001900001', 'day_out_of_range'],
    ['day 72', '3404077201900001', 'day_out_of_range'],
    ['30 February', '3404073002900001', 'day_out_of_range'],
    ['29 February 1990 and 2090', '3404072902900001', 'day_out_of_range'],
    ['31 April of a woman', '3404077104900001', 'day_out_of_range'],
    ['month 00', '3404070100900001', 'month_out_of_range'],
    ['month 13', '3404070113900001', 'month_out_of_range'],
    ['province 10', '1004070101900001', 'province_out_of_range'],
    ['province 97', '9704070101900001', 'province_out_of_range'],
    ['serial 0000, what Excel makes of 0001', '3404075201900000', 'serial_zero'],
    ['Excel in English', '3.40101E+15', 'nik_scientific'],
    ['Excel in Indonesian', '3,40101E+15', 'nik_scientific'],
    ['Excel without decimals', '3e15', 'nik_scientific'],
    ['15 digits', '340407520190001', 'nik_lost_digit'],
    ['15 digits, grouped', '3404-0752-0190-001', 'nik_lost_digit'],
    ['17 digits', '34040752019000011', 'nik_length'],
    ['a float', '3404075201900001.0', 'nik_length'],
    ['a float that lost a digit', '340407520190001.0', 'nik_digits'],
    ['thousands', '3.404.075.201.900.010', 'nik_digits'],
    ['letter O', '34O4075201900001', 'nik_digits'],
    ['decimals with a comma', '3404075201900001,00', 'nik_digits'],
    ['nothing', ' ', 'nik_length'],
    ['two apostrophes', "''3404075201900001", 'nik_digits'],
  ])('refuses %s', (_, text, code) => {
    expect(parseNik(text)).toEqual({ ok: false, code });
  });

  test.each([
    ' 3404075201900001\u00a0',
    "'3404075201900001",
    " ' 3404075201900001",
    '3404 0752 0190 0001',
    '34.04.07.520190.0001',
    '340407-520190-0001',
  ])('reads %j', (text) => {
    expect(parseNik(text)).toMatchObject({ ok: true, value: '3404075201900001' });
  });

  test('whoever the NIK was made for is who it tells of', () => {
    fc.assert(
      fc.property(nikOf, ({ nik, day, sex }) => {
        expect(parseNik(nik, day)).toMatchObject({ ok: true, value: nik, sex, birthDate: day });
        expect(nikMatches(nik, day, sex as 'M' | 'F')).toEqual({ matches: true, contradicts: [] });
      }),
    );
  });

  test('any text is read or refused, and what is read is 16 digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), digits(16), digits(15)), (text) => {
        const parsed = parseNik(text);
        if (parsed.ok) expect(parseNik(parsed.value)).toEqual(parsed);
        if (parsed.ok) expect(parsed.value).toMatch(/^\d{16}$/);
      }),
    );
  });

  test('names each contradiction', () => {
    expect(nikMatches('3404075201900001', '1990-01-12')).toEqual({ matches: true, contradicts: [] });
    expect(nikMatches('3404075201900001', '1991-01-12', 'F').contradicts).toEqual(['birthDate']);
    expect(nikMatches('3404075201900001', '1990-01-12', 'M').contradicts).toEqual(['sex']);
    expect(nikMatches('3404075201900001', '1990-12-01', 'M').contradicts).toEqual(['birthDate', 'sex']);
  });

  test('a mask shows the regency at most', () => {
    expect(maskNik('3404075201900001')).toBe('3404************');
    expect(maskNik('340407520190001')).toBe('***************');
    expect(maskNik('3,40101E+15')).toBe('***********');
    expect(maskNik('x'.repeat(5000))).toBe('*'.repeat(16));
  });
});

describe('employers', () => {
  test.each([
    ['01.234.567.8-541.000', '0012345678541000'],
    ["'012345678541000", '0012345678541000'],
    ['0012345678541000', '0012345678541000'],
    ['3404 0752 0190 0001', '3404075201900001'],
  ])('NPWP %s', (text, value) => {
    expect(parseNpwp(text)).toEqual({ ok: true, value });
  });

  test.each([
    ['0012345678541000000001', 'npwp_is_nitku'],
    ['00.000.000.0-000.000', 'npwp_format'],
    ['12345678541000', 'npwp_format'],
    ['1.23457E+14', 'npwp_format'],
    ['12345678541000.0', 'npwp_format'],
    ['', 'npwp_format'],
  ])('NPWP %s is refused', (text, code) => {
    expect(parseNpwp(text)).toEqual({ ok: false, code });
  });

  test('an NPWP of 15 digits and its form of 16 are one', () => {
    fc.assert(
      fc.property(digits(15), (old) => {
        expect(parseNpwp(old)).toEqual(parseNpwp(`0${old}`));
      }),
    );
  });

  test('NIB', () => {
    expect(parseNib(' 0220-0012-34567 ')).toEqual({ ok: true, value: '0220001234567' });
    for (const text of [
      '220001234567',
      '220001234567.0',
      '02200012345678',
      '0000000000000',
      '022000123456A',
    ]) {
      expect(parseNib(text)).toEqual({ ok: false, code: 'nib_format' });
    }
  });

  test('NPP', () => {
    expect(parseNpp(' jk-12 3456')).toEqual({ ok: true, value: 'JK123456' });
    expect(parseNpp("'12345678")).toEqual({ ok: true, value: '12345678' });
    expect(parseNpp('12.345.678')).toEqual({ ok: true, value: '12345678' });
    expect(parseNpp('123.456')).toEqual({ ok: true, value: '123456' });
    expect(parseNpp('AB.12345')).toEqual({ ok: true, value: 'AB12345' });
    for (const text of ['1234567.0', '123456.75', '1234.567', '1.2345678E7', '-1234567', "'-1234567"])
      expect(parseNpp(text)).toEqual({ ok: false, code: 'npp_format' });
    for (const text of ['', 'abc', 'A'.repeat(21), '1.2E+10', 'JK/123', 'ÉÉÉÉ']) {
      expect(parseNpp(text)).toEqual({ ok: false, code: 'npp_format' });
    }
  });

  test('KBLI', () => {
    expect(parseKbli('01111', 2020)).toEqual({ ok: true, value: { code: '01111', edition: 2020 } });
    expect(parseKbli("'62019", '2025')).toEqual({ ok: true, value: { code: '62019', edition: 2025 } });
    expect(parseKbli('1111', 2020)).toEqual({ ok: false, code: 'kbli_format' });
    expect(parseKbli('01111', 2021)).toEqual({ ok: false, code: 'kbli_edition' });
  });

  test.each([
    ['PT. Maju Jaya, Tbk.', 'maju jaya'],
    ['P.T. MAJU JAYA', 'maju jaya'],
    ['Maju  Jaya, PT', 'maju jaya'],
    ['Bank Rakyat Indonesia (Persero) Tbk', 'bank rakyat indonesia'],
    ['C.V.Karya-Béton', 'karya beton'],
    ["UD Ma'arif", 'maarif'],
    ['Ptolemy Cvitan', 'ptolemy cvitan'],
    ['Toko CV Lama', 'toko cv lama'],
    ['Koperasi Maju Jaya', 'koperasi maju jaya'],
    ['Yayasan Bina Insan', 'yayasan bina insan'],
    ['PT', 'pt'],
    ['***', ''],
  ])('%s is compared as %s', (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });

  test('a name once normalised stays', () => {
    const words = fc.array(fc.constantFrom('p', 't', 'PT.', 'c', 'v', 'Tbk', 'maju', 'İ™', '(Persero)'));
    const names = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      words.map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(names, (name) => {
        const once = normaliseName(name);
        expect(normaliseName(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});
