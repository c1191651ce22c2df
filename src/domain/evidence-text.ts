import type { EvidenceKind } from './evidence.ts';
import type { Language } from './language.ts';

const KINDS: Record<EvidenceKind, Record<Language, string>> = {
  wlkp_report: { id: 'laporan WLKP', en: 'a manpower report (WLKP)' },
  tax_withholding: { id: 'data pemotongan pajak (PPh 21)', en: 'tax withheld from wages (PPh 21)' },
  inspection: { id: 'hasil pemeriksaan', en: 'an inspection' },
  procurement_contract: { id: 'kontrak pengadaan', en: 'a procurement contract' },
  worker_complaint: { id: 'pengaduan pekerja', en: "a worker's complaint" },
  licence_application: { id: 'permohonan izin', en: 'a licence application' },
};

/** What evidence of a kind is called. */
export function evidenceText(kind: EvidenceKind, language: Language): string {
  return KINDS[kind][language];
}
