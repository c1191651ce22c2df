import type { Language } from '#src/domain/language.ts';
import type { Status } from '#src/domain/status.ts';

type Said = { name: string; meaning: string };

const STATUS: Record<Status, Record<Language, Said>> = {
  compliant: {
    id: { name: 'Patuh', meaning: 'Tidak ada pelanggaran dan tidak ada catatan yang membawa syarat.' },
    en: { name: 'Compliant', meaning: 'There is no breach, and nothing that attaches a condition.' },
  },
  compliant_with_conditions: {
    id: {
      name: 'Patuh dengan syarat',
      meaning:
        'Ada hal yang masih harus diselesaikan, tetapi bukan pelanggaran, atau setiap pelanggaran dicakup oleh rencana pembayaran yang ditepati atau sengketa yang menangguhkan akibatnya.',
    },
    en: {
      name: 'Compliant with conditions',
      meaning:
        'Something is still to be put right that is no breach, or every breach is covered by a payment plan that is kept or by a dispute that suspends its consequences.',
    },
  },
  regularising: {
    id: {
      name: 'Sedang memperbaiki',
      meaning: 'Ada pelanggaran, dan batas waktu undangan untuk memperbaikinya masih berjalan.',
    },
    en: {
      name: 'Regularising',
      meaning: 'There is a breach, and the deadline of an invitation to mend it is still running.',
    },
  },
  under_review: {
    id: {
      name: 'Sedang ditinjau',
      meaning: 'Tidak ada pelanggaran yang ditemukan, tetapi sebuah instansi sedang meninjau.',
    },
    en: { name: 'Under review', meaning: 'No breach was found, but an agency is reviewing.' },
  },
  non_compliant: {
    id: {
      name: 'Tidak patuh',
      meaning:
        'Ada kewajiban yang belum dipenuhi, dan tidak ada rencana pembayaran, sengketa, atau undangan perbaikan yang menunda akibatnya.',
    },
    en: {
      name: 'Not compliant',
      meaning:
        'An obligation is not met, and no payment plan, dispute or invitation puts off the consequences.',
    },
  },
  not_registered: {
    id: { name: 'Belum terdaftar', meaning: 'Pemberi kerja belum terdaftar di BPJS Ketenagakerjaan.' },
    en: {
      name: 'Not registered',
      meaning: 'The employer is not registered with BPJS Ketenagakerjaan.',
    },
  },
  not_in_scope: {
    id: {
      name: 'Di luar cakupan',
      meaning: 'Tidak ada kewajiban: usaha telah tutup, atau tidak memiliki pekerja.',
    },
    en: { name: 'Not in scope', meaning: 'Nothing is owed: the business has closed, or has no workers.' },
  },
  not_determinable: {
    id: { name: 'Tidak dapat ditentukan', meaning: 'Data yang ada tidak cukup untuk menentukan status.' },
    en: { name: 'Not determinable', meaning: 'The data at hand does not suffice to tell the status.' },
  },
};

/** A status in words, and what it means. */
export function statusText(status: Status, language: Language): Said {
  return STATUS[status][language];
}
