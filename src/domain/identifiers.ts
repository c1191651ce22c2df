/**
 * Identifiers of employers as people and spreadsheets write them. Each parser gives the one form that is stored and
 * compared, or refuses with a stable code; none repairs what it would have to guess.
 */

/** What a parser gives: the normalised value, or the code of the refusal. */
export type Parsed<Accepted extends object, Code extends string> =
  | ({ ok: true } & Accepted)
  | { ok: false; code: Code };

/** Editions of KBLI by year; a code says nothing without its edition, since codes split, merge and change meaning. */
export const KBLI_EDITIONS = [2009, 2015, 2017, 2020, 2025] as const;
export type Kbli = { code: string; edition: (typeof KBLI_EDITIONS)[number] };

const DECIMALS = /[.]\d{1,2}$/;
const FRACTION = /^\d+[.]\d+(?:E[+-]?\d+)?$/i;
const THOUSANDS = /^\d{1,3}[.]\d{3}$/;
const SEPARATORS = /[\s.-]/g;
const LEGAL_FORM =
  '(?:p ?t|c ?v|u ?d|p ?d|n ?v|fa|firma|tbk|persero|perum|perumda|perseroda|perseroan terbatas|usaha dagang)';
const LEADING_FORMS = new RegExp(`^(?:${LEGAL_FORM} )+`);
const TRAILING_FORMS = new RegExp(`(?: ${LEGAL_FORM})+$`);

/** The text without surrounding white space and without the apostrophe that makes Excel keep digits as text. */
export function typedText(text: string): string {
  return text.trim().replace(/^'\s*/, '');
}

/**
 * The taxpayer number in its form of 16 digits (PMK 112/2022): 15 digits gain the leading zero, 16 stand. A NITKU,
 * 22 digits, names a branch and is refused: its first 16 digits are the NPWP.
 */
export function parseNpwp(text: string): Parsed<{ value: string }, 'npwp_is_nitku' | 'npwp_format'> {
  const digits = digitsOf(text);
  if (digits?.length === 22) return { ok: false, code: 'npwp_is_nitku' };
  if (digits?.length === 15) return { ok: true, value: `0${digits}` };
  if (digits?.length === 16) return { ok: true, value: digits };
  return { ok: false, code: 'npwp_format' };
}

/** The business number that OSS issues, 13 digits; it has no public check digit. */
export function parseNib(text: string): Parsed<{ value: string }, 'nib_format'> {
  const digits = digitsOf(text);
  return digits?.length === 13 ? { ok: true, value: digits } : { ok: false, code: 'nib_format' };
}

/**
 * The employer number that BPJS gives: 4 to 20 letters and digits, since no source confirms its exact shape. `1234567.0`
 * and `-1234567` are numbers, and none that was given.
 */
export function parseNpp(text: string): Parsed<{ value: string }, 'npp_format'> {
  const typed = typedText(text);
  const value = typed.replace(SEPARATORS, '');
  const isNumber = typed.startsWith('-') || (FRACTION.test(typed) && !THOUSANDS.test(typed));
  // Tested before it is put into capitals: some letters become others by that.
  return !isNumber && /^[A-Za-z0-9]{4,20}$/.test(value)
    ? { ok: true, value: value.toUpperCase() }
    : { ok: false, code: 'npp_format' };
}

/** A KBLI class, 5 digits, with the year of its edition. */
export function parseKbli(
  code: string,
  edition: number | string,
): Parsed<{ value: Kbli }, 'kbli_format' | 'kbli_edition'> {
  const digits = typedText(code);
  const known = KBLI_EDITIONS.find((year) => String(year) === String(edition).trim());
  if (!/^\d{5}$/.test(digits)) return { ok: false, code: 'kbli_format' };
  if (known === undefined) return { ok: false, code: 'kbli_edition' };
  return { ok: true, value: { code: digits, edition: known } };
}

/**
 * A legal name as it is compared by trigrams: lower case, without diacritics, punctuation and the legal forms at
 * its ends, which people leave out (`PT. Maju Jaya, Tbk.` is `maju jaya`). *Koperasi* and *Yayasan* stay: they are
 * spoken as part of the name and tell a cooperative from the company of the same name.
 */
export function normaliseName(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’‘ʼ`]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const core = `${words} `.replace(LEADING_FORMS, '').trimEnd().replace(TRAILING_FORMS, '');
  return core || words;
}

/**
 * The digits of a number that may be grouped by spaces, dots and dashes. Nothing for other characters, for a
 * decimal fraction or a negative number (its digits are not the number's), and for zeros alone, the usual filler for "has none".
 */
function digitsOf(text: string): string | undefined {
  const typed = typedText(text);
  const digits = typed.replace(SEPARATORS, '');
  const isNumber = typed.startsWith('-') || DECIMALS.test(typed);
  return /^\d+$/.test(digits) && /[1-9]/.test(digits) && !isNumber ? digits : undefined;
}
