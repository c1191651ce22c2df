import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import { parseRupiah } from '#src/imports/amounts.ts';
import { refuse } from '#src/imports/refusal.ts';

describe('rupiah', () => {
  test.each([
    '3500000',
    '003500000',
    '3.500.000',
    '3,500,000',
    'Rp 3.500.000,00',
    'Rp3.500.000',
    'Rp. 3.500.000',
    'rp\u00a03.500.000',
    'IDR 3,500,000.00',
    'IDR3500000',
    '3500000,00',
    '3500000.00',
    '3500000,0',
    '3.500.000,-',
    'Rp 3.500.000,--',
    '3.500.000.-',
  ])('%s', (text) => {
    expect(parseRupiah(text)).toBe(3_500_000);
  });

  test.each([
    ['3.500', 3500],
    ['3,500', 3500],
    ['3.00', 3],
    ['0', 0],
    [String(MAX_RUPIAH), MAX_RUPIAH],
  ])('%s is %i', (text, amount) => {
    expect(parseRupiah(text)).toBe(amount);
  });

  test.each([
    ['3.5', 'amount_not_whole'],
    ['3.500.000,50', 'amount_not_whole'],
    ['3500000.25', 'amount_not_whole'],
    ['3,5E+06', 'scientific_notation'],
    ['3.5e6', 'scientific_notation'],
    ['-3500000', 'amount_negative'],
    ['−3500000', 'amount_negative'],
    ['Rp -3.500.000', 'amount_negative'],
    ['-Rp3.500.000', 'amount_negative'],
    ['(3.500.000)', 'amount_negative'],
    ['Rp (3.500.000)', 'amount_negative'],
    ['3.500.000-', 'amount_negative'],
    ['1000000000000001', 'amount_too_large'],
    ['99999999999999999999', 'amount_too_large'],
    ['0.500', 'amount_not_whole'],
    ['3500000,000', 'amount_format'],
    ['3.500,000', 'amount_format'],
    ['3.500.000.00', 'amount_format'],
    ['35.00.000', 'amount_format'],
    ['3 500 000', 'amount_format'],
    ['tiga juta', 'amount_format'],
    ['Rp', 'amount_format'],
  ] as const)('%s is refused', (text, code) => {
    expect(parseRupiah(text)).toBe(refuse(code));
  });

  test('every amount is read back from its Indonesian and English form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_RUPIAH }), (amount) => {
        const group = (mark: string) => String(amount).replace(/\B(?=(\d{3})+$)/g, mark);
        for (const text of [String(amount), group('.'), group(','), `Rp ${group('.')},00`]) {
          expect(parseRupiah(text)).toBe(amount);
        }
      }),
    );
  });
});
