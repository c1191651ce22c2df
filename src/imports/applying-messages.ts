/** What is said of lines that read well and do not fit what is on file, and of files that come to no end. */
export const APPLYING_MESSAGES = {
  employer_not_found: {
    id: 'Pemberi kerja tidak ditemukan; daftarkan dahulu',
    en: 'No such employer; record it first',
  },
  before_programmes: {
    id: 'Sebelum program jaminan sosial ini berlaku',
    en: 'Before these programmes began',
  },
  duplicate_nik: {
    id: 'NIK sudah ada di baris lain untuk pemberi kerja dan bulan yang sama',
    en: 'The NIK is on another line of the same employer and month',
  },
  parameter_not_published: {
    id: 'Batas upah JP untuk bulan itu belum ditetapkan, atau belum tercatat',
    en: 'The JP wage ceiling of that month is not published, or not entered',
  },
  group_too_large: {
    id: 'Terlalu banyak baris untuk satu pemberi kerja dan bulan',
    en: 'Too many lines for one employer and month',
  },
  identifier_taken: {
    id: 'Nomor identitas sudah dipakai pemberi kerja lain',
    en: 'The identifier belongs to another employer',
  },
  identifier_conflict: {
    id: 'NPP dan NIB menunjuk dua pemberi kerja yang berbeda',
    en: 'NPP and NIB name two different employers',
  },
  outside_jurisdiction: { id: 'Di luar wilayah kewenangan', en: 'Outside your jurisdiction' },
  unknown_region: {
    id: 'Bukan kode provinsi atau kabupaten/kota Kemendagri',
    en: 'Not a province or regency of Kemendagri',
  },
  before_registration: {
    id: 'Tanggal tutup sebelum tanggal terdaftar',
    en: 'The closing day lies before the day of registration',
  },
  class_missing: {
    id: 'Asal kelas memerlukan kelas JKK',
    en: 'The origin of a class needs a JKK class',
  },
  reference_reused: {
    id: 'Referensi sudah dipakai untuk pembayaran dengan isi lain',
    en: 'The reference names a payment with other content',
  },

  evidence_not_allowed: {
    id: 'Jenis instansi ini tidak dapat mencatat bukti jenis itu',
    en: 'Agencies of this kind do not record evidence of that kind',
  },
  too_much_evidence: {
    id: 'Instansi ini sudah mencatat terlalu banyak bukti tentang pemberi kerja ini dalam setahun',
    en: 'The agency has recorded too much evidence about this employer within a year',
  },

  empty_file: { id: 'Berkas kosong', en: 'The file is empty' },
  upload_aborted: {
    id: 'Pengiriman berkas terputus; tidak ada yang dicatat, kirim lagi',
    en: 'The upload broke off; nothing was recorded, send the file again',
  },
  interrupted: {
    id: 'Layanan berhenti sebelum impor selesai; kirim berkas yang sama lagi',
    en: 'The service stopped before the import was done; send the same file again',
  },
  internal: {
    id: 'Kesalahan di sisi kami; kirim berkas yang sama lagi',
    en: 'An error on our side; send the same file again',
  },
} satisfies Record<string, { id: string; en: string }>;
