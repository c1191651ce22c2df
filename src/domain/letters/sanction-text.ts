import type { Service } from '#src/domain/check-policy.ts';
import type { SanctionStepKind } from '#src/domain/sanctions.ts';

/** What the steps of a procedure are called in Indonesian. */
export const STEP_NAMES: Record<SanctionStepKind, string> = {
  first_warning: 'Surat Teguran Tertulis Pertama',
  second_warning: 'Surat Teguran Tertulis Kedua',
  administrative_fine: 'Denda administratif',
  tmp2t_request: 'Permintaan tidak mendapat pelayanan publik tertentu (TMP2T)',
  tmp2t_decision: 'Keputusan unit pelayanan publik atas permintaan TMP2T',
  tmp2t_lift_request: 'Permintaan pencabutan TMP2T',
  tmp2t_lifted: 'Pencabutan TMP2T',
  referred_to_prosecutor: 'Pelimpahan kepada kejaksaan',
  closed: 'Penutupan prosedur',
};

/** The public services of PP 86/2013 art. 9(1), in its words. */
export const SERVICE_NAMES: Record<Service, string> = {
  business_licence: 'perizinan terkait usaha',
  tender_permit: 'izin yang diperlukan dalam mengikuti tender proyek',
  foreign_worker_permit: 'izin mempekerjakan tenaga kerja asing',
  outsourcing_licence: 'izin perusahaan penyedia jasa pekerja/buruh (alih daya)',
  building_permit: 'izin mendirikan bangunan (persetujuan bangunan gedung)',
};
