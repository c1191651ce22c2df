/** The problems of sanction procedures, a part of the table of all. */
export const SANCTION_PROBLEMS = {
  sanction_of_other_agency: {
    status: 403,
    id: 'Prosedur milik instansi lain',
    en: 'The procedure belongs to another agency',
  },
  sanction_of_other_unit: {
    status: 403,
    id: 'Keputusan ini milik unit yang dimintai',
    en: 'This is for the unit that was asked to decide',
  },
  sanction_of_state_organ: {
    status: 409,
    id: 'Sanksi tidak berlaku bagi penyelenggara negara',
    en: 'Sanctions are for employers other than state organs',
  },
  sanction_without_breach: {
    status: 409,
    id: 'Tidak ada pelanggaran yang menjadi dasar prosedur',
    en: 'There is no breach for the procedure to rest on',
  },
  sanction_already_open: {
    status: 409,
    id: 'Prosedur untuk pelanggaran itu sudah berjalan',
    en: 'A procedure for that breach is open already',
  },
  sanction_step_too_early: {
    status: 409,
    id: 'Langkah ini belum waktunya',
    en: 'It is too early for this step',
  },
  sanction_step_too_late: {
    status: 409,
    id: 'Waktu untuk langkah ini sudah lewat',
    en: 'It is too late for this step',
  },
  sanction_step_not_open: {
    status: 409,
    id: 'Keadaan prosedur tidak memungkinkan langkah ini',
    en: 'The state of the procedure does not allow this step',
  },
  sanction_paused: {
    status: 409,
    id: 'Akibat pelanggaran sedang ditangguhkan',
    en: 'The consequences of the breach are suspended',
  },
  sanction_mended: {
    status: 409,
    id: 'Pelanggaran sudah diperbaiki',
    en: 'The breaches have been mended',
  },
  sanction_not_mended: {
    status: 409,
    id: 'Kewajiban belum dipenuhi',
    en: 'The obligations have not been met',
  },
  sanction_services_denied: {
    status: 409,
    id: 'Pelayanan publik masih tidak diberikan',
    en: 'Public services are still denied',
  },
  sanction_service_busy: {
    status: 409,
    id: 'Pelayanan itu sudah dimintakan atau sudah tidak diberikan',
    en: 'The service is asked for or denied already',
  },
  sanction_request_unclear: {
    status: 409,
    id: 'Permintaan yang dimaksud tidak jelas',
    en: 'It is not clear which request is meant',
  },
} as const;
