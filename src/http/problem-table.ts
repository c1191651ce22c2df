import { SANCTION_PROBLEMS } from './sanction-problems.ts';

/** Every problem that Patuh answers with: its stable code, HTTP status, and title in Indonesian and English. */
export const PROBLEMS = {
  ...SANCTION_PROBLEMS,
  malformed_json: { status: 400, id: 'JSON tidak terbaca', en: 'Malformed JSON' },
  bad_request: { status: 400, id: 'Permintaan tidak terbaca', en: 'Malformed request' },
  unauthorized: { status: 401, id: 'Token tidak ada atau tidak berlaku', en: 'Missing or invalid token' },
  insufficient_scope: { status: 403, id: 'Kewenangan token tidak cukup', en: 'Insufficient scope' },
  outside_jurisdiction: { status: 403, id: 'Di luar wilayah kewenangan', en: 'Outside your jurisdiction' },
  kind_not_allowed: {
    status: 403,
    id: 'Bukan kewenangan instansi sejenis ini',
    en: 'Not for agencies of this kind',
  },
  not_allowed: { status: 403, id: 'Tidak diperbolehkan', en: 'Not allowed' },
  flag_of_other_agency: {
    status: 403,
    id: 'Penandaan milik instansi lain',
    en: 'The flag belongs to another agency',
  },
  flag_needs_second_person: {
    status: 403,
    id: 'Diperlukan orang kedua dari instansi yang sama',
    en: 'A second person of the same agency is needed',
  },
  flag_acts_need_agency: {
    status: 403,
    id: 'Hanya instansi yang dapat memutuskan penandaan',
    en: 'Only an agency can decide about a flag',
  },
  suspension_needs_agency: {
    status: 403,
    id: 'Hanya instansi yang dapat menangguhkan akibat pelanggaran, atau memutuskannya',
    en: 'Only an agency can suspend the consequences of a breach, or decide about it',
  },
  suspension_of_other_party: {
    status: 403,
    id: 'Dicatat oleh pihak lain',
    en: 'It was recorded by another party',
  },
  placement_of_other_party: {
    status: 403,
    id: 'Dinyatakan oleh pihak lain',
    en: 'It was declared by another party',
  },
  inspection_of_other_agency: {
    status: 403,
    id: 'Pemeriksaan milik instansi lain',
    en: 'The inspection belongs to another agency',
  },
  not_found: { status: 404, id: 'Tidak ditemukan', en: 'Not found' },
  method_not_allowed: { status: 405, id: 'Metode tidak didukung', en: 'Method not allowed' },
  not_acceptable: { status: 406, id: 'Format tidak tersedia', en: 'Not acceptable' },
  request_timeout: {
    status: 408,
    id: 'Permintaan terlalu lambat dikirim',
    en: 'The request was sent too slowly',
  },
  conflict: { status: 409, id: 'Bertentangan dengan keadaan sekarang', en: 'Conflict' },
  identifier_taken: {
    status: 409,
    id: 'Nomor identitas sudah dipakai pemberi kerja lain',
    en: 'The identifier belongs to another employer',
  },
  reference_reused: {
    status: 409,
    id: 'Referensi sudah dipakai untuk isi yang lain',
    en: 'The reference was used for other content',
  },
  already_reversed: { status: 409, id: 'Pembayaran sudah dibatalkan', en: 'The payment is already reversed' },
  flag_not_open: {
    status: 409,
    id: 'Keadaan penandaan tidak memungkinkan',
    en: 'The state of the flag does not allow it',
  },
  objection_not_open: { status: 409, id: 'Keberatan tidak terbuka', en: 'The objection is not open' },
  suspension_ended: {
    status: 409,
    id: 'Sudah diputus atau dicabut',
    en: 'It was decided or withdrawn already',
  },
  too_many_open: {
    status: 409,
    id: 'Terlalu banyak yang masih berjalan bagi pemberi kerja ini',
    en: 'Too many of them are open for this employer',
  },
  too_much_evidence: {
    status: 409,
    id: 'Instansi ini sudah mencatat terlalu banyak bukti tentang pemberi kerja ini dalam setahun',
    en: 'The agency has recorded too much evidence about this employer within a year',
  },
  contract_declared: {
    status: 409,
    id: 'Perusahaan alih daya itu sudah memiliki kontrak dengan nomor ini',
    en: 'The vendor has a contract under this number already',
  },
  placement_own_declaration: {
    status: 409,
    id: 'Pihak yang menyatakan kontrak tidak menanggapinya sendiri',
    en: 'Who declared the contract does not respond to it',
  },
  inspection_already_assigned: {
    status: 409,
    id: 'Pemberi kerja ini sudah ditugaskan kepada seorang petugas',
    en: 'The employer has been given to an inspector already',
  },
  inspection_closed: {
    status: 409,
    id: 'Hasil pemeriksaan ini sudah dicatat',
    en: 'The outcome of the inspection is recorded already',
  },
  conflict_of_interest: {
    status: 409,
    id: 'Benturan kepentingan',
    en: 'Conflict of interest',
  },
  import_finished: { status: 409, id: 'Impor sudah selesai', en: 'The import has finished' },
  idempotency_in_flight: {
    status: 409,
    id: 'Permintaan yang sama sedang diproses',
    en: 'The same request is being processed',
  },
  precondition_failed: { status: 412, id: 'Data sudah berubah', en: 'The resource has changed' },
  payload_too_large: { status: 413, id: 'Isi terlalu besar', en: 'Payload too large' },
  uri_too_long: { status: 414, id: 'Alamat terlalu panjang', en: 'URI too long' },
  unsupported_media_type: { status: 415, id: 'Jenis isi tidak didukung', en: 'Unsupported media type' },
  expectation_failed: { status: 417, id: 'Harapan tidak dapat dipenuhi', en: 'Expectation failed' },
  invalid_content: { status: 422, id: 'Isi tidak sah', en: 'Invalid content' },
  idempotency_key_reused: {
    status: 422,
    id: 'Kunci idempotensi sudah dipakai untuk isi yang lain',
    en: 'The idempotency key was used for other content',
  },
  amount_too_large: {
    status: 422,
    id: 'Jumlah terlalu besar untuk dihitung tepat',
    en: 'The sum is too large to be counted exactly',
  },
  parameter_not_published: {
    status: 422,
    id: 'Parameter hukum untuk bulan itu belum ditetapkan, atau belum tercatat',
    en: 'A parameter of law is not published, or not entered, for that month',
  },
  period_not_covered: {
    status: 422,
    id: 'Bulan sebelum berlakunya aturan',
    en: 'The month lies before the rules begin',
  },
  precondition_required: { status: 428, id: 'If-Match diperlukan', en: 'If-Match is required' },
  too_many_requests: { status: 429, id: 'Terlalu banyak permintaan', en: 'Too many requests' },
  header_too_large: { status: 431, id: 'Header terlalu besar', en: 'Header fields too large' },
  internal: { status: 500, id: 'Kesalahan di sisi kami', en: 'An error on our side' },
  unavailable: { status: 503, id: 'Layanan sementara tidak tersedia', en: 'Temporarily unavailable' },
} as const satisfies Record<string, { status: number; id: string; en: string }>;

export type ProblemCode = keyof typeof PROBLEMS;
