/** Number formats of spreadsheets (ECMA-376 18.8.31): what a cell says that holds a number. */

/** What the numbers of a cell stand for: days, months, or themselves, shown by one of up to three sections. */
export type Format = 'number' | 'day' | 'month' | readonly Section[];
type Section = { when: ((value: number) => boolean) | undefined; shows: Shown | undefined };

/**
 * How a section shows a number: its digits go into runs of places, each with the text before it. A run has `zeros`, the
 * least digits that it shows, and `places`, which matter where it is not the first: `0000-0000` has two of four each.
 */
type Shown = { runs: readonly Run[]; after: string };
type Run = { before: string; places: number; zeros: number };

const SECTIONS = /(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\[])+|;/g;
const CONDITION = /\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]/;
const HOLDS: Record<string, (value: number, bound: number) => boolean> = {
  '<=': (value, bound) => value <= bound,
  '>=': (value, bound) => value >= bound,
  '<>': (value, bound) => value !== bound,
  '<': (value, bound) => value < bound,
  '>': (value, bound) => value > bound,
  '=': (value, bound) => value === bound,
};
/** Texts, room and fillings, currencies, conditions and colours, places of digits, and what else stands for itself. */
const TOKEN =
  /"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([0#?,]*[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*|general|standard)|([^"\\])/giu;
const EXPONENT = /(?<![0#?.,])[0#?][0#?.,]*E[+-][0#?]+/gi;
const FRACTION = /(?<![0#?])(?:[0#?]+\s+)?[0#?]+\s*\/\s*[0#?\d]+/g;
/** `Rp 7,-` as Excel in Indonesian stores it. */
const NO_CENTS = /(?<=[0#?])\.(?:\\?-){1,2}/g;
/** A comma behind the places shows thousands of what is there. */
const SCALED = /,(?:\.|$)/;
const DIGITS = /^\d+$/;

/**
 * Before an amount these say nothing, nor these behind an amount of a month or a count of people; `ribu`, `USD` and
 * `/hari` would say much. Blanks are single.
 */
const CURRENCY = /^[ \u200e]?\+?(?:rp\.?|idr|rupiah)? ?:?[ \u200e]?$/i;
const UNIT =
  /^ ?(?:(?:rp\.?|idr|rupiah|[.,]-{1,2})? ?(?:(?:\/|per) ?(?:bulan|bln|month)\.?)?|(?:(?:org|orang|jiwa|tk|ctki|tki|cpmi|pmi|tenaga kerja|pekerja|karyawan|karyawati|pegawai|staf|buruh|peserta|anggota|pax|people|persons?|workers?|employees?)\.? ?){1,2})$/i;
const CURRENCIES = /rp\.?|idr|rupiah/gi;
const NOTHING = /^[ –—-]*$/;
const BETWEEN_THOUSANDS = /^[ .,]$/;

/** What a format shows, by the letters that stand for themselves in every language's Excel. */
export function formatOfCode(code: string): Format {
  // What is for texts is not for numbers.
  const texts = sectionsOf(code)
    .filter((text) => !bareOf(text).includes('@'))
    .slice(0, 3);
  // One that shows but a text, such as for zero, says nothing of the others.
  const letters = texts.map(lettersOf).find((each) => /[0#?ymdhs]/i.test(each)) ?? '';
  if (/[ymdhs]/i.test(letters))
    return /y/i.test(letters) && /m/i.test(letters) && !/[dhs]/i.test(letters) ? 'month' : 'day';
  const conditions = texts.map(conditionOf);
  const isPlain = conditions.every((when) => when === undefined);
  const sections = texts.map((text, at) => ({
    when: conditions[at],
    shows: shownBy(text, isPlain ? at === 2 : text.includes('[=0]')),
  }));
  if (sections.every(({ shows }) => shows === undefined)) return 'number';
  if (!isPlain) return sections;
  // Without conditions the second one is for what is negative, the third for zero.
  const [first, second, third] = sections;
  const negative = second && { when: (value: number) => value < 0, shows: second.shows };
  const zero = third && { when: (value: number) => value === 0, shows: third.shows };
  return [negative, zero, first].filter((each) => each !== undefined);
}

/**
 * The text of a cell whose value is written as `number`. Digits that find no place stand in front of the first one, as
 * they do in spreadsheets; decimals and signs stand where the number does, however the format rounds and signs it.
 */
export function textShown(sections: readonly Section[], value: number, number: string): string {
  const shows = sections.find(({ when }) => when === undefined || when(value))?.shows;
  // How a section shows a sign is its own affair: what is negative stays so.
  if (shows === undefined || value < 0 || number.includes('E')) return number;
  const { runs, after } = shows;
  if (runs.length > 0 && !DIGITS.test(number)) return runs[0]!.before + number + after;
  let rest = number;
  let text = after;
  for (const [at, { before, places, zeros }] of [...runs.entries()].reverse()) {
    const taken = at === 0 ? rest : rest.slice(-places);
    rest = rest.slice(0, rest.length - taken.length);
    text = before + taken.padStart(zeros, '0') + text;
  }
  return text;
}

function sectionsOf(code: string): string[] {
  const sections = [''];
  for (const [part] of code.matchAll(SECTIONS)) {
    if (part === ';') sections.push('');
    else sections.push(sections.pop()! + part);
  }
  return sections;
}

function conditionOf(section: string): Section['when'] {
  const [, holds, bound] = CONDITION.exec(section) ?? [];
  return holds === undefined ? undefined : (value) => HOLDS[holds]!(value, Number(bound));
}

/** How a section shows numbers, zero or others; undefined where it says no more than the number does. */
function shownBy(section: string, isOfZero: boolean): Shown | undefined {
  const plain = section.replace(NO_CENTS, '').replace(EXPONENT, 'General').replace(FRACTION, 'General');
  const runs: Run[] = [];
  let text = '';
  let behindZero = false;
  for (const [whole, quoted, escaped, currency, digits, other] of plain.matchAll(TOKEN)) {
    if (digits === undefined) text += quoted ?? escaped ?? currency ?? other ?? '';
    else if (!digits.startsWith('.')) {
      const places = whole.replace(/\..*|,/g, '');
      // Once there is a zero, all places behind it show one.
      const zeros = behindZero ? places.length : places.length - `${places}0`.indexOf('0');
      behindZero ||= places.includes('0');
      runs.push({ before: text.replace(/\s+/g, ' '), places: places.length, zeros });
      text = '';
    }
    if (digits !== undefined && SCALED.test(digits)) text += ',,';
  }
  const after = text.replace(/\s+/g, ' ');
  const [first, ...others] = runs;
  if (first === undefined) return NOTHING.test(after.replace(CURRENCIES, '')) ? undefined : { runs, after };
  const isGrouped =
    others.length === 0 ||
    (first.zeros <= 1 &&
      others.every(({ before, places }) => places === 3 && BETWEEN_THOUSANDS.test(before)));
  // In accounts a dash stands for nothing.
  const before = isOfZero && first.zeros === 0 ? first.before.replace(/ ?- ?$/, '') : first.before;
  if (!isGrouped || !CURRENCY.test(before) || !UNIT.test(after)) return { runs, after };
  const isPadded = first.zeros > 1 && !/[.,]/.test(bareOf(plain).replace(/\[[^\]]*\]/g, ''));
  return isPadded ? { runs: [{ ...first, before: '' }], after: '' } : undefined;
}

/** The letters of a section that stand for digits or parts of days. */
function lettersOf(section: string): string {
  return bareOf(section)
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .replace(/general|standard|idr|am\/pm|a\/p/gi, (word) => (/^[gs]/i.test(word) ? '0' : ''));
}

/** A section without its texts, room and fillings. */
function bareOf(section: string): string {
  return section.replace(/"[^"]*"|\\.|[_*]./g, '');
}
