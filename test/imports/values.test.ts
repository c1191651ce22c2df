import { describe, expect, test } from 'vitest';
import { parseRupiah } from '#src/imports/amounts.ts';
import { parsePeriod } from '#src/imports/dates.ts';
import { kbliOf, nibOf, nikOf, nppOf, npwpOf, regionOf } from '#src/imports/identifiers.ts';
import type { ImportCode } from '#src/imports/messages.ts';
import { refuse } from '#src/imports/refusal.ts';
import {
  bareText,
  countryOf,
  degreesWithin,
  isSpreadsheetError,
  linesUpTo,
  textUpTo,
} from '#src/imports/values.ts';
import {
  parseBoolean,
  parseEmployerKind,
  parseEmploymentType,
  parseJkkClass,
  parseProgrammes,
  parseScale,
  parseSector,
  parseSex,
} from '#src/imports/words.ts';

type Parser = (text: string) => unknown;
const name = textUpTo(20);

test.each([
  [' a b ', 'a b'],
  ['\u00a01\u00a0', '1'],
  ["'0123", '0123'],
  ['"0123"', '0123'],
  ['="0123"', '0123'],
  ['=1+1', '=1+1'],
  ['"', '"'],
  ['', ''],
])('the text of the cell %j is %j', (cell, text) => {
  expect(bareText(cell)).toBe(text);
});

test.each<[string, Parser, string, unknown]>([
  ['male', parseSex, 'L m Laki-laki laki_laki LAKI male pria', 'M'],
  ['female', parseSex, 'P f Perempuan female wanita', 'F'],
  ['yes', parseBoolean, 'ya YES true 1', true],
  ['no', parseBoolean, 'tidak no FALSE 0', false],
  [
    'three programmes',
    parseProgrammes,
    'JKK|JKM|JHT jkk,jkm,jht JKK;JHT;JKM JKK+JKM+JHT JKK/JKM/JHT JKK|JKK|JKM|JHT',
    7,
  ],
  ['pension', parseProgrammes, 'JP |jp| JP,JP', 8],
  ['vendors', parseEmploymentType, 'alih_daya Alih-Daya outsourced', 'outsourced'],
  ['fixed term', parseEmploymentType, 'PKWT kontrak fixed_term fixed-term', 'fixed_term'],
  ['state owned', parseEmployerKind, 'BUMN state_owned', 'state_owned'],
  ['small', parseScale, 'Kecil small', 'small'],
  ['construction', parseSector, 'konstruksi Construction', 'construction'],
  ['class', parseJkkClass, 'iv IV', 'IV'],
  ['NIK', nikOf, '3471010108745131 34.71.01.010874.5131', '3471010108745131'],
  ['NPP', nppOf, 'ab000000 AB-000000', 'AB000000'],
  ['NPWP', npwpOf, '416774882037941 0416774882037941 41.677.488.2-037.941', '0416774882037941'],
  ['citizen', countryOf, 'ID id WNI', 'ID'],
  ['degrees', degreesWithin(90), '-7.85 -7,85', -7.85],
])('%s', (_name, parse, texts, value) => {
  for (const text of texts.split(' ')) expect(parse(text)).toBe(value);
});

test('programmes and words may be joined by spaces', () => {
  expect(parseProgrammes('JKK, JKM & JP')).toBe(11);
  expect(parseEmploymentType('Harian Lepas')).toBe('daily');
  expect(parseSex('laki laki')).toBe('M');
});

test.each<[Parser, string, Parameters<typeof refuse>[0]]>([
  [parseSex, 'X', 'unknown_word'],
  [parseSex, 'constructor', 'unknown_word'],
  [parseBoolean, 'y', 'unknown_word'],
  [parseProgrammes, 'JKK|JKP', 'unknown_programme'],
  [parseProgrammes, '||', 'required'],
  [nikOf, '3.40101E+15', 'nik_scientific'],
  [nikOf, '3,40101E+15', 'nik_scientific'],
  [nikOf, '471010108745131', 'nik_lost_digit'],
  [nikOf, '34710101087451', 'nik_length'],
  [nppOf, '1,2E+46', 'scientific_notation'],
  [nppOf, 'A?', 'npp_format'],
  [nibOf, '9,71E+12', 'scientific_notation'],
  [nibOf, '123456789012', 'lost_leading_zero'],
  [nibOf, '1', 'nib_format'],
  [npwpOf, '4.16775E+14', 'scientific_notation'],
  [npwpOf, '16774882037941', 'lost_leading_zero'],
  [npwpOf, '0416774882037941000000', 'npwp_is_nitku'],
  [kbliOf, '1111', 'lost_leading_zero'],
  [kbliOf, '411', 'kbli_format'],
  [regionOf, '34.1', 'region_format'],
  [regionOf, '34,01', 'region_format'],
  [countryOf, 'WNA', 'country_format'],
  [degreesWithin(90), '-7801389', 'coordinate_format'],
  [degreesWithin(90), '107.5', 'coordinate_format'],
  [name, 'x'.repeat(21), 'text_too_long'],
  [name, '\uFB2C'.repeat(7), 'text_too_long'],
  [name, `Siti${' '.repeat(77)}A`, 'text_too_long'],
  [linesUpTo(20), `Siti${'\r\n'.repeat(40)}A`, 'text_too_long'],
  [name, 'Siti\nBudi', 'control_character'],
  [name, 'Siti\u0000', 'control_character'],
  [name, 'Si\u00ADti', 'control_character'],
  [name, 'Siti\u{E0041}', 'control_character'],
  [name, 'Si\uFFFDti', 'invalid_utf8'],
  [name, 'Si\ud800ti', 'invalid_utf8'],
])('%o refuses %j', (parse, text, code) => {
  expect(parse(text)).toBe(refuse(code));
});

test.each<[string, Parser, string, ImportCode]>([
  ['NIK', nikOf, '3471010108745131', 'nik_length'],
  ['NPP', nppOf, 'AB000000', 'npp_format'],
  ['NIB', nibOf, '9120001234567', 'nib_format'],
  ['NPWP', npwpOf, '0416774882037941', 'npwp_format'],
  ['amount', parseRupiah, 'Rp 3500000', 'amount_format'],
  ['month', parsePeriod, 'Mei 2026', 'period_format'],
  ['list of programmes', parseProgrammes, 'JKK JKM', 'unknown_programme'],
  ['word', parseEmploymentType, 'alih daya', 'unknown_word'],
])('no %s is hundreds of characters long', (_what, parse, text, code) => {
  expect(parse(text)).not.toBe(refuse(code));
  const [first, second] = text.includes(' ') ? text.split(' ') : [text.slice(0, 2), text.slice(2)];
  expect(parse(`${first}${' '.repeat(8_000)}${second}`)).toBe(refuse(code));
});

describe('text', () => {
  test('spaces and composition are made one', () => {
    expect(name('Siti   \u00a0Aminah')).toBe('Siti Aminah');
    expect(name('e\u0301')).toBe('é');
    expect(name('e\u0301'.repeat(20))).toBe('é'.repeat(20));
    // The most marks that one character has.
    expect(name('\u1f82'.normalize('NFD').repeat(20))).toBe('\u1f82'.repeat(20));
    expect(name(`Siti${' '.repeat(75)}A`)).toBe('Siti A');
    expect(linesUpTo(99)('Jl. Wates\r\n 12')).toBe('Jl. Wates 12');
  });

  test.each(['#REF!', '#N/A', '#####', '#VALUE!', '#NAME?', '#SPILL!', '#ERROR!', 'Err:502'])(
    '%s is an error of the spreadsheet',
    (text) => {
      expect(isSpreadsheetError(text)).toBe(true);
    },
  );
});
