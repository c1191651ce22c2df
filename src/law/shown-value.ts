import type { UnitName } from './units.ts';

/** A value for those who read the law: texts and integers, in lists and by name. */
export type ShownValue = string | number | readonly ShownValue[] | { readonly [name: string]: ShownValue };

const WHOLE = /^(0|[1-9]\d*)$/;
/** Texts of digits that are no whole numbers: exact decimals, and divisions of the KBLI. */
const TEXTS: ReadonlySet<UnitName> = new Set(['percent', 'growth', 'class_by_division']);
const TEXT_FIELDS: ReadonlySet<string> = new Set(['rate']);

/** A value as it goes out: amounts and counts as integers, percentages as decimal text, the rest as written. */
export function shownValue(unit: UnitName, written: unknown): ShownValue {
  return TEXTS.has(unit) ? (written as ShownValue) : numbered(written as ShownValue);
}

function numbered(written: ShownValue): ShownValue {
  if (typeof written === 'number') return written;
  if (typeof written === 'string') return WHOLE.test(written) ? Number(written) : written;
  if (Array.isArray(written)) return written.map(numbered);
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [name, TEXT_FIELDS.has(name) ? value : numbered(value)]),
  );
}
