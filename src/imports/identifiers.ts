/** Identifiers out of cells: what a spreadsheet has destroyed is told apart from what was never right. */

import { parseNib, parseNpp, parseNpwp } from '#src/domain/identifiers.ts';
import { parseNik } from '#src/domain/nik.ts';
import { isRounded } from './number-text.ts';
import { type Parsed, refuse, short } from './refusal.ts';
import { textUpTo } from './values.ts';

/** Without a fraction or a sign `12E4567` may be an NPP. */
const isNumber = (text: string) => isRounded(text) || /^\d+E-\d+$/i.test(text);

export const nikOf = short('nik_length', (text): Parsed<string> => {
  const parsed = parseNik(text);
  return parsed.ok ? parsed.value : refuse(parsed.code);
});

export const nppOf = short('npp_format', (text): Parsed<string> => {
  if (isNumber(text)) return refuse('scientific_notation');
  const parsed = parseNpp(text);
  return parsed.ok ? parsed.value : refuse(parsed.code);
});

export const nibOf = short('nib_format', (text): Parsed<string> => {
  if (isNumber(text)) return refuse('scientific_notation');
  if (/^\d{12}$/.test(text)) return refuse('lost_leading_zero');
  const parsed = parseNib(text);
  return parsed.ok ? parsed.value : refuse(parsed.code);
});

export const npwpOf = short('npwp_format', (text): Parsed<string> => {
  if (isNumber(text)) return refuse('scientific_notation');
  if (/^\d{14}$/.test(text)) return refuse('lost_leading_zero');
  const parsed = parseNpwp(text);
  return parsed.ok ? parsed.value : refuse(parsed.code);
});

/** The reference of a payment. */
export const referenceOf = textUpTo(100);

/** A KBLI class, five digits, without its edition. */
export function kbliOf(text: string): Parsed<string> {
  if (/^\d{5}$/.test(text)) return text;
  return refuse(/^\d{4}$/.test(text) ? 'lost_leading_zero' : 'kbli_format');
}

/** A Kemendagri code down to the village. Its dots stay: `34.1` is `34.10` after Excel, or `34.01`, and is refused. */
export function regionOf(text: string): Parsed<string> {
  return /^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$/.test(text) ? text : refuse('region_format');
}
