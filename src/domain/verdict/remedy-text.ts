import type { Language } from '#src/domain/language.ts';
import type { ReasonCode } from '#src/domain/reason-codes.ts';

const WHAT_TO_DO: Partial<Record<ReasonCode, Record<Language, string>>> = {
  NOT_REGISTERED: {
    id: 'Daftarkan perusahaan dan seluruh pekerjanya ke BPJS Ketenagakerjaan.',
    en: 'Register the company and all its workers with BPJS Ketenagakerjaan.',
  },
  NOT_DECLARED: {
    id: 'Laporkan pekerja dan upah untuk setiap bulan yang belum dilaporkan.',
    en: 'Declare workers and wages for each month that was not declared.',
  },
  PARTIAL_PROGRAMMES: {
    id: 'Ikutsertakan setiap pekerja dalam semua program wajib dan laporkan ulang bulan terakhir.',
    en: 'Enrol every worker in all obligatory programmes and declare the newest month again.',
  },
  PARTIAL_WORKERS: {
    id: 'Laporkan ulang bulan itu dengan seluruh pekerja, atau ajukan sengketa jika buktinya keliru.',
    en: 'Declare the month again with all workers, or open a dispute if the evidence is wrong.',
  },
  PARTIAL_WAGES: {
    id: 'Laporkan ulang bulan itu dengan upah yang dibayar, yang tidak boleh di bawah upah minimum, atau ajukan sengketa jika itu keliru.',
    en: 'Declare the month again with the wages that are paid, which must reach the minimum wage, or open a dispute if this is wrong.',
  },
  REVIEW_OPEN: {
    id: 'Hubungi instansi yang sedang meninjau.',
    en: 'Contact the agency that is reviewing.',
  },
  CLASS_UNCONFIRMED: {
    id: 'Mintalah penetapan kelompok risiko JKK kepada BPJS Ketenagakerjaan.',
    en: 'Ask BPJS Ketenagakerjaan to decide the JKK risk class.',
  },
};

const ASK: Record<Language, string> = {
  id: 'Hubungi kantor cabang BPJS Ketenagakerjaan.',
  en: 'Contact the branch of BPJS Ketenagakerjaan.',
};

/** What the employer can do about a reason that money does not mend. */
export function remedyText(code: ReasonCode, language: Language): string {
  return (WHAT_TO_DO[code] ?? ASK)[language];
}
