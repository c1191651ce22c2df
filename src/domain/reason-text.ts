import type { Period } from './civil.ts';
import { type Language, rupiahText } from './language.ts';
import type { Reason } from './reasons.ts';

const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** A contribution month as people read it: `Oktober 2026`. */
export function periodText(period: Period, language: Language): string {
  return `${MONTHS[language][Number(period.slice(5)) - 1]} ${period.slice(0, 4)}`;
}

/** One sentence that says what a reason rests on. */
export function reasonText(reason: Reason, language: Language): string {
  const months = list(
    (reason.periods ?? []).map((period) => periodText(period, language)),
    language,
  );
  const amount = rupiahText(reason.amount ?? 0, language);
  const programmes = list(reason.programmes ?? [], language);
  const sentences: Partial<Record<Reason['code'], Record<Language, string>>> = {
    NOT_REGISTERED: {
      id: 'Pemberi kerja belum terdaftar di BPJS Ketenagakerjaan.',
      en: 'The employer is not registered with BPJS Ketenagakerjaan.',
    },
    ARREARS: {
      id: `Iuran ${months} sebesar ${amount} telah lewat jatuh tempo.`,
      en: `Contributions for ${months} of ${amount} are overdue.`,
    },
    BELOW_TOLERANCE: {
      id: `Tunggakan ${months} sebesar ${amount} masih dalam batas toleransi.`,
      en: `Arrears for ${months} of ${amount} are within the tolerance.`,
    },
    NOT_DECLARED: {
      id: `Upah dan pekerja untuk ${months} belum dilaporkan.`,
      en: `Workers and wages for ${months} were not declared.`,
    },
    PARTIAL_PROGRAMMES: {
      id: `${reason.workers} pekerja pada ${months} tidak diikutsertakan dalam program wajib ${programmes}.`,
      en: `${reason.workers} workers in ${months} lack the obligatory programmes ${programmes}.`,
    },
    REVIEW_OPEN: {
      id: 'Sebuah instansi sedang meninjau pemberi kerja ini.',
      en: 'An agency is reviewing this employer.',
    },
    LATE_PAID: {
      id: `Iuran ${months} dibayar terlambat; denda ${amount} belum dibayar.`,
      en: `Contributions for ${months} were paid late; a late charge of ${amount} is open.`,
    },
    CLASS_UNCONFIRMED: {
      id: 'Kelompok risiko JKK belum ditetapkan oleh BPJS Ketenagakerjaan.',
      en: 'The JKK risk class has not been decided by BPJS Ketenagakerjaan.',
    },
    CLOSED: {
      id: 'Pemberi kerja telah menutup usahanya.',
      en: 'The employer has closed.',
    },
  };
  return sentences[reason.code]?.[language] ?? reason.code;
}

function list(parts: readonly string[], language: Language): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${language === 'id' ? 'dan' : 'and'} ${parts.at(-1)}`;
}
