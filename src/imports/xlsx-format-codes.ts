/** Number formats of spreadsheets (ECMA-376 18.8.31): what a cell says that holds a number. */

/**
 * What a number stands for in a cell: a day, a month, or itself, whose digits go into `runs` of places, with `texts`
 * before, between and behind them. A run has `zeros`, the least digits that it shows, and `places`, the most where
 * another run is before it: `0000-0000` has two of four each.
 */
export type Format = 'number' | 'day' | 'month' | Shown;
export type Shown = { texts: readonly string[]; runs: readonly { places: number; zeros: number }[] };

const FIRST_SECTION = /^(?:"[^"]*"|\\.|[^;"\\])*/;
/** Texts, room and fillings, currencies and conditions, places of digits, words for any number, and what is left. */
const TOKEN =
  /"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|([0#?,]*[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+|general|standard|@)|([^"\\])/giu;
const DIGITS = /^\d+$/;
const SCIENTIFIC_OR_FRACTION = /[0#?.]E[+-]|[0#?]\s*\/\s*[0#?\d]/i;
/** Before an amount and behind an amount or a count these say nothing; `ribu` and `USD` would say much. */
const CURRENCY = /^\s*(?:rp\.?|idr)?\s*$/i;
const UNIT =
  /^\s*(?:rp\.?|idr|,-|(?:org|orang|jiwa|tk|tenaga kerja|pekerja|karyawan|karyawati|pegawai|buruh|peserta|anggota|people|persons|workers|employees|hari|bulan|bln|tahun|days?|months?|years?)\.?)?\s*$/iu;

/** What a format shows, by the letters of its first section that stand for themselves in every language's Excel. */
export function formatOfCode(code: string): Format {
  const section = FIRST_SECTION.exec(code)![0];
  const bare = section.replace(/"[^"]*"|\\.|[_*]./g, '');
  const letters = bare
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .replace(/general|standard|am\/pm|a\/p/gi, '');
  if (/[ymdhs]/i.test(letters))
    return /y/i.test(letters) && /m/i.test(letters) && !/[dhs]/i.test(letters) ? 'month' : 'day';
  if (SCIENTIFIC_OR_FRACTION.test(bare)) return 'number';
  const shown = shownBy(section);
  const [before = '', after = '', ...more] = shown.texts;
  if (more.length > 0 || !CURRENCY.test(before) || !UNIT.test(after)) return shown;
  const zeros = shown.runs[0]?.zeros ?? 0;
  return zeros > 1 && !/[.,]/.test(bare) ? { texts: ['', ''], runs: shown.runs } : 'number';
}

/**
 * The text of a cell that holds a number. Digits that find no place stand in front of the first one; decimals and signs
 * stand where the number does, however the format rounds and signs it.
 */
export function textShown({ texts, runs }: Shown, number: string): string {
  if (number.includes('E')) return number;
  if (!DIGITS.test(number)) return texts[0]! + number + texts.slice(1).join('');
  let rest = number;
  let text = texts.at(-1)!;
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const { places, zeros } = runs[at]!;
    const taken = at === 0 ? rest : rest.slice(-places);
    rest = rest.slice(0, rest.length - taken.length);
    text = texts[at]! + taken.padStart(zeros, '0') + text;
  }
  return text;
}

function shownBy(section: string): Shown {
  const texts = [''];
  const runs: Shown['runs'][number][] = [];
  for (const [whole, quoted, escaped, currency, digits, other] of section.matchAll(TOKEN)) {
    const decimals = digits?.startsWith('.');
    if (digits !== undefined && !decimals) {
      const places = whole.replace(/\..*|,/g, '');
      runs.push({ places: places.length, zeros: places.split('0').length - 1 });
      texts.push('');
    } else if (!decimals) texts.push(texts.pop()! + (quoted ?? escaped ?? currency ?? other ?? ''));
  }
  return { texts, runs };
}
