import { type Language, rupiahText } from '#src/domain/language.ts';
import { type LawParameter, type ShownValue, shownValue } from '#src/law/index.ts';

type Unit = LawParameter['unit'];

/** Units whose numbers are amounts of money. */
const MONEY: ReadonlySet<Unit> = new Set([
  'rupiah',
  'rupiah_by_purpose',
  'income_bands',
  'rate_bands',
  'scale_limits',
]);
const PERCENT: ReadonlySet<Unit> = new Set(['percent', 'growth']);
/** Field of a table that holds a percentage. */
const RATE = 'rate';

const COUNTED: Partial<Record<Unit, Record<Language, string>>> = {
  years: { id: 'tahun', en: 'years' },
  months: { id: 'bulan', en: 'months' },
  days: { id: 'hari', en: 'days' },
  working_days: { id: 'hari kerja', en: 'working days' },
  workers: { id: 'pekerja', en: 'workers' },
  times: { id: 'kali', en: 'times' },
};

const WORDS: Record<string, Record<Language, string>> = {
  yes: { id: 'ya', en: 'yes' },
  no: { id: 'tidak', en: 'no' },
  from: { id: 'mulai', en: 'from' },
  rate: { id: 'tarif', en: 'rate' },
  day: { id: 'hari', en: 'day' },
  month: { id: 'bulan', en: 'month' },
  same: { id: 'yang sama', en: 'the same' },
  following: { id: 'berikutnya', en: 'the following' },
  otherwise: { id: 'jika libur', en: 'on a holiday' },
  next_working_day: { id: 'hari kerja berikutnya', en: 'the next working day' },
  previous_working_day: { id: 'hari kerja sebelumnya', en: 'the working day before' },
  assets: { id: 'modal', en: 'assets' },
  sales: { id: 'penjualan', en: 'sales' },
  general: { id: 'umum', en: 'in general' },
  purposes: { id: 'per tujuan', en: 'by purpose' },
};

/** A value of law as people read it; tables and lists in several lines. */
export function valueText(unit: Unit, written: unknown, language: Language): string {
  const shown = shownValue(unit, written);
  const said = (value: ShownValue, percent = PERCENT.has(unit)): string => {
    if (typeof value === 'number') return numberText(unit, value, language);
    if (typeof value === 'string') return percent ? percentText(value, language) : wordText(value, language);
    if (Array.isArray(value)) return value.map((each: ShownValue) => said(each)).join(', ');
    return Object.entries(value)
      .map(([name, inner]) => `${wordText(name, language)} ${said(inner, name === RATE)}`)
      .join(', ');
  };
  if (Array.isArray(shown) && shown.every((each) => typeof each === 'object')) {
    return shown.map((row: ShownValue) => said(row)).join('\n');
  }
  if (typeof shown !== 'object' || Array.isArray(shown)) return said(shown);
  return Object.entries(shown)
    .map(([name, inner]) => `${wordText(name, language)}: ${said(inner)}`)
    .join('\n');
}

function numberText(unit: Unit, value: number, language: Language): string {
  // No line is broken inside an amount.
  if (MONEY.has(unit)) return rupiahText(value, language).replace(' ', '\u00a0');
  const counted = COUNTED[unit];
  return counted ? `${value} ${counted[language]}` : String(value);
}

function percentText(written: string, language: Language): string {
  return `${language === 'id' ? written.replace('.', ',') : written} %`;
}

function wordText(word: string, language: Language): string {
  return WORDS[word]?.[language] ?? word.replaceAll('_', ' ');
}
