import { MAX_RUPIAH, type Rupiah } from '#src/domain/money.ts';
import { type Parsed, refuse, short } from './refusal.ts';

const DIGITS = /^\d+$/;
const SCIENTIFIC = /^\d+(?:[.,]\d+)?E[+-]?\d+$/i;
const CURRENCY = /^(?:Rp\.?|IDR)\s*/i;
const NO_CENTS = /[.,]-{1,2}$/;
const NEGATIVE = /^-|-$|^\(.*\)$/;
const GROUPED = /^([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+)(?:([.,])(\d{1,2}))?$/;
const DECIMALS = /^(\d+)[.,](\d+)$/;

/**
 * An amount as people and spreadsheets in Indonesia write it, in whole rupiah: `3500000`, `3.500.000`, `3,500,000`,
 * `Rp 3.500.000,00`, `IDR 3,500,000.00`, `3.500.000,-`. Groups of three are thousands whatever the mark, so `3.500` is
 * three thousand five hundred; cents must be zero.
 */
export const parseRupiah = short('amount_format', (text): Parsed<Rupiah> => {
  if (text.length <= 15 && DIGITS.test(text)) return Number(text);
  const signed = text.replace('−', '-');
  const bare = signed.replace(CURRENCY, '').replace(NO_CENTS, '');
  if (signed.startsWith('-') || NEGATIVE.test(bare)) return refuse('amount_negative');
  if (SCIENTIFIC.test(bare)) return refuse('scientific_notation');
  return wholeRupiah(bare);
});

function wholeRupiah(text: string): Parsed<Rupiah> {
  if (DIGITS.test(text)) return withinLimit(text);
  const grouped = GROUPED.exec(text);
  if (grouped) {
    const [, whole = '', mark = '', cents] = grouped;
    if (mark !== '' && whole.includes(mark)) return refuse('amount_format');
    return inWhole(whole.replace(/[.,]/g, ''), cents ?? '0');
  }
  const decimals = DECIMALS.exec(text);
  return decimals ? inWhole(decimals[1]!, decimals[2]!) : refuse('amount_format');
}

function inWhole(whole: string, cents: string): Parsed<Rupiah> {
  if (/[1-9]/.test(cents)) return refuse('amount_not_whole');
  return cents.length > 2 ? refuse('amount_format') : withinLimit(whole);
}

function withinLimit(digits: string): Parsed<Rupiah> {
  const amount = Number(digits);
  return amount > MAX_RUPIAH ? refuse('amount_too_large') : amount;
}
