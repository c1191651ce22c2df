import { dueRuleText } from '#src/domain/due-day-text.ts';
import { industriesText } from '#src/domain/industry-text.ts';
import {
  type InspectionWeights,
  PRIORITY_PARTS,
  type PriorityPartName,
} from '#src/domain/inspections/weights.ts';
import { dayText, type Language, periodText, rupiahText } from '#src/domain/language.ts';
import { policyText } from '#src/domain/policy-text.ts';
import { type ShownValue, shownValue } from './shown-value.ts';
import { type ReadAs, UNITS, type UnitName } from './units.ts';

/** Units whose numbers are amounts of money. */
const MONEY: ReadonlySet<UnitName> = new Set([
  'rupiah',
  'rupiah_by_purpose',
  'income_bands',
  'rate_bands',
  'scale_limits',
]);
const PERCENT: ReadonlySet<UnitName> = new Set(['percent', 'growth']);
/** Field of a table that holds a percentage. */
const RATE = 'rate';

const COUNTED: Partial<Record<UnitName, Record<Language, string>>> = {
  years: { id: 'tahun', en: 'years' },
  months: { id: 'bulan', en: 'months' },
  days: { id: 'hari', en: 'days' },
  working_days: { id: 'hari kerja', en: 'working days' },
  workers: { id: 'pekerja', en: 'workers' },
  times: { id: 'kali', en: 'times' },
};

const WORDS: Record<string, Record<Language, string>> = {
  money: { id: 'uang', en: 'money' },
  workers: { id: 'pekerja', en: 'workers' },
  age: { id: 'umur', en: 'age' },
  evidence: { id: 'bukti', en: 'evidence' },
  history: { id: 'riwayat', en: 'history' },
  flags: { id: 'penandaan', en: 'flags' },
  yes: { id: 'ya', en: 'yes' },
  no: { id: 'tidak', en: 'no' },
  from: { id: 'mulai', en: 'from' },
  rate: { id: 'tarif', en: 'rate' },
  assets: { id: 'modal', en: 'assets' },
  sales: { id: 'penjualan', en: 'sales' },
  micro: { id: 'mikro', en: 'micro' },
  small: { id: 'kecil', en: 'small' },
  medium: { id: 'menengah', en: 'medium' },
  general: { id: 'umum', en: 'in general' },
  purposes: { id: 'per tujuan', en: 'by purpose' },
  tender_opening: { id: 'pembukaan tender', en: 'opening of a tender' },
  tender_award: { id: 'penetapan pemenang tender', en: 'award of a tender' },
  contract_payment: { id: 'pembayaran kontrak', en: 'payment of a contract' },
  business_licence: { id: 'izin usaha', en: 'business licence' },
  foreign_worker_permit: { id: 'izin tenaga kerja asing', en: 'permit for foreign workers' },
  outsourcing_licence: { id: 'izin alih daya', en: 'outsourcing licence' },
  building_permit: { id: 'izin bangunan', en: 'building permit' },
  inspection: { id: 'pemeriksaan', en: 'inspection' },
  prosecution: { id: 'penuntutan', en: 'prosecution' },
  self: { id: 'pemeriksaan sendiri', en: 'self-check' },
};

const OTHERWISE = {
  id: { next_working_day: 'hari kerja berikutnya', previous_working_day: 'hari kerja sebelumnya' },
  en: { next_working_day: 'the next working day', previous_working_day: 'the working day before' },
} satisfies Record<Language, object>;
const IF_NOT_WORKED: Record<Language, string> = { id: 'jika bukan hari kerja', en: 'if not a working day' };

/** A value of law as people read it; tables and lists in several lines. */
export function valueText(unit: UnitName, written: unknown, language: Language): string {
  const own = OWN[unit];
  if (own) return own(written, language);
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

/** What the full figures of the parts of a priority count. */
const FULL_FROM: Record<PriorityPartName, UnitName> = {
  money: 'rupiah',
  workers: 'workers',
  age: 'months',
  evidence: 'months',
  history: 'times',
  flags: 'times',
};
const WEIGHT: Record<Language, [weight: string, signal: string, full: string]> = {
  id: ['bobot', 'untuk petunjuk', 'penuh mulai'],
  en: ['weight', 'for a signal', 'full from'],
};

/** Units that are read out in a way of their own. */
const OWN: Partial<Record<UnitName, (written: unknown, language: Language) => string>> = {
  choice: (written, language) => policyText(String(written), language),
  industries: (written, language) => industriesText(written as ReadAs<'industries'>, language),
  day: (written, language) => dayText(String(written), language),
  inspection_weights(written, language) {
    const weights = (UNITS.inspection_weights.read as (written: unknown) => InspectionWeights)(written);
    const [weight, signal, full] = WEIGHT[language];
    return PRIORITY_PARTS.map((name) => {
      const part = weights[name];
      const ofSignal = 'signalWeight' in part ? ` (${signal} ${part.signalWeight})` : '';
      const from = numberText(FULL_FROM[name], part.fullAt, language);
      return `${wordText(name, language)}: ${weight} ${part.weight}${ofSignal}, ${full} ${from}`;
    }).join('\n');
  },
  period: (written, language) => periodText(String(written), language),
  due_day(written, language) {
    const rule = (UNITS.due_day.read as (written: unknown) => ReadAs<'due_day'>)(written);
    const otherwise = OTHERWISE[language][rule.otherwise];
    return `${dueRuleText(rule, language)}\n${IF_NOT_WORKED[language]}: ${otherwise}`;
  },
};

function numberText(unit: UnitName, value: number, language: Language): string {
  if (MONEY.has(unit)) return rupiahText(value, language);
  const counted = COUNTED[unit];
  return counted ? `${value} ${counted[language]}` : String(value);
}

function percentText(written: string, language: Language): string {
  return `${language === 'id' ? written.replace('.', ',') : written} %`;
}

function wordText(word: string, language: Language): string {
  return WORDS[word]?.[language] ?? word.replaceAll('_', ' ');
}
