import type { Language } from './language.ts';
import type { POLICY_CHOICES, PolicyName } from './parameters.ts';

type Choice = (typeof POLICY_CHOICES)[PolicyName][number];

const TEXTS: Record<Choice, Record<Language, string>> = {
  stated_month_then_oldest: {
    id: 'untuk bulan yang disebut, sisanya untuk bulan tertua yang belum lunas; denda hanya dengan pembayaran denda',
    en: 'for the month that is stated, the rest for the oldest unpaid one; late charges only by payments of them',
  },
  half_up_per_worker_programme_and_payer: {
    id: 'setiap pekerja, program, dan pembayar ke rupiah penuh, setengah rupiah ke atas, lalu dijumlahkan',
    en: 'each worker, programme and payer to the whole rupiah, half a rupiah up, and then summed',
  },
  counts_as_a_month: { id: 'dihitung satu bulan penuh', en: 'counts as a whole month' },
  outstanding_at_start_of_month: {
    id: 'iuran yang belum dibayar pada awal setiap bulan keterlambatan',
    en: 'the contribution outstanding at the start of each month late',
  },
  none: { id: 'tidak ada', en: 'none' },
  presumed_from_last_roster: {
    id: 'dihitung menurut laporan terakhir sampai bulan itu dilaporkan',
    en: 'computed from the last declaration until the month is declared',
  },
  indicative_class_else_i: {
    id: 'kelompok dalam data, jika tidak ada menurut golongan pokok KBLI, jika tidak ada juga kelompok I',
    en: 'the class on file, else the one that the KBLI division suggests, else class I',
  },
  month_of_decision: {
    id: 'sejak bulan iuran penetapannya',
    en: 'from the contribution month of its decision',
  },
  whole_month: { id: 'berlaku untuk seluruh bulan itu', en: 'holds for the whole of that month' },
  by_first_day: {
    id: 'JP masih terutang untuk bulan ketika usia itu dicapai, kecuali dicapai pada hari pertamanya',
    en: 'JP is still owed for the month in which the age is reached, unless on its first day',
  },
  monday_to_friday: { id: 'Senin sampai Jumat', en: 'Monday to Friday' },
  from_class_iii: { id: 'mulai kelompok III', en: 'from class III on' },
  in_proportion_to_bill: {
    id: 'sebanding dengan tagihan setiap program',
    en: 'in proportion to what is billed for each programme',
  },
  tracked_months_by_due_day: {
    id: 'bulan yang tercatat lunas paling lambat pada hari jatuh tempo bulan yang diberi keringanan',
    en: 'the tracked months are paid by the due day of the month that is relieved',
  },
  kept_while_every_instalment_is_met: {
    id: 'ditepati selama setiap angsuran terpenuhi pada waktunya',
    en: 'kept while every instalment is met by its day',
  },
  suspends_while_open_if_granted: {
    id: 'menunda akibat selama belum diputuskan, jika penundaan itu diberikan',
    en: 'suspends the consequences while it is open, where that was granted',
  },
  suspended_breach_holds: {
    id: 'pelanggaran yang akibatnya ditunda tetap dihitung pada hari itu',
    en: 'a breach whose consequences are suspended counts on that day all the same',
  },
};

/** What a policy chooses, as people read it; a choice that has no words as it is written. */
export function policyText(choice: string, language: Language): string {
  return (TEXTS as Partial<Record<string, Record<Language, string>>>)[choice]?.[language] ?? choice;
}
