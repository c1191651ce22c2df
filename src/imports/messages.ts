import type { NikRefusal } from '#src/domain/nik.ts';
import { APPLYING_MESSAGES } from './applying-messages.ts';

type Message = { id: string; en: string };

const NIK_MESSAGES = {
  nik_scientific: {
    id: 'NIK berubah menjadi notasi ilmiah dan angkanya hilang; ambil lagi dari sumbernya sebagai teks',
    en: 'The NIK was turned into scientific notation and its digits are lost; take it again from its source as text',
  },
  nik_digits: { id: 'NIK hanya boleh berisi angka', en: 'A NIK consists of digits only' },
  nik_lost_digit: {
    id: 'NIK tinggal 15 angka; satu angka hilang, biasanya karena Excel',
    en: 'The NIK has 15 digits; one is lost, as a spreadsheet does to numbers',
  },
  nik_length: { id: 'NIK harus 16 angka', en: 'A NIK has 16 digits' },
  province_out_of_range: {
    id: 'NIK tidak diawali kode provinsi',
    en: 'The NIK does not begin with the code of a province',
  },
  day_out_of_range: {
    id: 'Tanggal lahir dalam NIK tidak ada',
    en: 'The birth date in the NIK does not exist',
  },
  month_out_of_range: {
    id: 'Bulan lahir dalam NIK tidak ada',
    en: 'The month of birth in the NIK does not exist',
  },
  serial_zero: { id: 'Nomor urut NIK tidak boleh 0000', en: 'The serial number of a NIK is never 0000' },
} satisfies Record<NikRefusal, Message>;

/** What each code of a refused file, line or cell says to people. */
export const IMPORT_MESSAGES = {
  ...NIK_MESSAGES,
  ...APPLYING_MESSAGES,

  missing_header: { id: 'Baris pertama bukan judul kolom', en: 'The first line does not name the columns' },
  unknown_column: { id: 'Kolom tidak dikenal', en: 'The column is not known' },
  missing_column: { id: 'Kolom wajib tidak ada', en: 'A required column is missing' },
  duplicate_column: { id: 'Kolom muncul dua kali', en: 'The column appears twice' },

  invalid_utf8: {
    id: 'Baris berisi huruf yang rusak; simpan berkas sebagai CSV UTF-8',
    en: 'The line has broken characters; save the file as CSV UTF-8',
  },
  not_a_workbook: {
    id: 'Bukan buku kerja Excel; simpan sebagai .xlsx',
    en: 'Not an Excel workbook; save it as .xlsx',
  },
  workbook_locked: {
    id: 'Buku kerja dilindungi kata sandi atau berformat Excel lama (.xls); simpan sebagai .xlsx tanpa kata sandi',
    en: 'The workbook is protected by a password, or of the old kind (.xls); save it as .xlsx without a password',
  },
  workbook_damaged: {
    id: 'Buku kerja rusak atau terpotong; simpan lagi dengan Excel, lalu kirim lagi',
    en: 'The workbook is damaged or cut off; save it again with Excel and send it again',
  },
  workbook_too_large: {
    id: 'Buku kerja lebih dari 64 MiB; kirim sebagai CSV',
    en: 'The workbook has more than 64 MiB; send it as CSV',
  },
  workbook_unpacks_too_large: {
    id: 'Isi buku kerja jauh melebihi ukuran satu lembar; kirim sebagai CSV',
    en: 'The workbook unpacks to far more than a sheet holds; send it as CSV',
  },
  several_sheets: {
    id: 'Lebih dari satu lembar berisi data; kirim satu per satu, atau sembunyikan yang lain',
    en: 'More than one sheet holds records; send them one by one, or hide the others',
  },
  line_too_long: { id: 'Baris terlalu panjang', en: 'The line is too long' },
  too_many_columns: { id: 'Baris berisi terlalu banyak kolom', en: 'The line has too many columns' },
  too_many_cells: {
    id: 'Baris berisi lebih banyak sel daripada judul kolom; pemisah di dalam nilai harus dalam tanda kutip',
    en: 'The line has more cells than the header; a separator inside a value needs quotes around the value',
  },
  unterminated_quote: { id: 'Tanda kutip tidak ditutup', en: 'A quote is opened and never closed' },
  misplaced_quote: {
    id: 'Setelah tanda kutip penutup masih ada teks',
    en: 'There is text between a closing quote and the next separator',
  },
  invalid_json: { id: 'Baris bukan objek JSON', en: 'The line is not a JSON object' },
  nested_value: {
    id: 'Nilai tidak boleh bertingkat',
    en: 'The value must not be an object or a list of other things',
  },

  required: { id: 'Nilai wajib diisi', en: 'A value is required' },
  spreadsheet_error: {
    id: 'Sel berisi pesan kesalahan Excel, bukan nilai',
    en: 'The cell holds an error of the spreadsheet instead of a value',
  },
  scientific_notation: {
    id: 'Angka berubah menjadi notasi ilmiah dan tidak dapat dipulihkan; ambil lagi dari sumbernya sebagai teks',
    en: 'The number was turned into scientific notation and cannot be restored; take it again from its source as text',
  },
  lost_leading_zero: {
    id: 'Angka nol di depan hilang; ambil lagi dari sumbernya sebagai teks',
    en: 'A leading zero is lost; take the number again from its source as text',
  },
  text_too_long: { id: 'Teks terlalu panjang', en: 'The text is too long' },
  control_character: {
    id: 'Teks berisi ganti baris atau karakter kendali',
    en: 'The text contains a line break or another control character',
  },
  unknown_word: {
    id: 'Nilai bukan salah satu pilihan kolom ini',
    en: 'The value is none of those of this column',
  },

  amount_format: {
    id: 'Bukan jumlah rupiah; tulis 3500000 atau 3.500.000',
    en: 'Not an amount in rupiah; write 3500000 or 3.500.000',
  },
  amount_not_whole: { id: 'Jumlah harus rupiah bulat tanpa sen', en: 'The amount must be whole rupiah' },
  amount_negative: { id: 'Jumlah tidak boleh negatif', en: 'The amount must not be negative' },
  amount_too_large: { id: 'Jumlah terlalu besar', en: 'The amount is too large' },
  amount_not_positive: { id: 'Jumlah harus lebih dari nol', en: 'The amount must be more than zero' },
  wage_not_positive: { id: 'Upah harus lebih dari nol', en: 'The wage must be more than zero' },

  count_format: { id: 'Bukan bilangan bulat', en: 'Not a whole number' },
  count_too_large: { id: 'Bilangan terlalu besar', en: 'The number is too large' },
  nothing_stated: {
    id: 'Isi sedikitnya satu dari jumlah_pekerja, total_upah, upah_terendah',
    en: 'State at least one of headcount, wageBill, lowestWage',
  },

  date_format: {
    id: 'Tanggal tidak terbaca; tulis 1990-05-12 atau 12/05/1990 (tanggal dahulu, lalu bulan)',
    en: 'The day cannot be read; write 1990-05-12 or 12/05/1990 (the day first, then the month)',
  },
  no_such_day: { id: 'Tanggal itu tidak ada di kalender', en: 'There is no such day in the calendar' },
  year_out_of_range: { id: 'Tahun di luar jangkauan', en: 'The year is out of range' },
  two_digit_year: { id: 'Tahun harus empat angka', en: 'A year has four digits' },
  excel_serial_date: {
    id: 'Nomor seri tanggal Excel; ubah format sel menjadi tanggal',
    en: 'The serial number of a day in Excel; format the cell as a date',
  },
  in_future: { id: 'Tanggal atau bulan masih di masa depan', en: 'The day or month has not come yet' },
  birth_date_not_past: { id: 'Tanggal lahir harus sebelum hari ini', en: 'A birth date is before today' },
  period_format: {
    id: 'Bulan iuran tidak terbaca; tulis 2026-05 atau Mei 2026',
    en: 'The contribution month cannot be read; write 2026-05 or Mei 2026',
  },
  period_not_month: {
    id: 'Bulan iuran ditulis sebagai tanggal yang bukan tanggal 1',
    en: 'The contribution month is a day other than the first of a month',
  },

  npp_format: { id: 'NPP tidak terbaca', en: 'Not an NPP' },
  nib_format: { id: 'NIB harus 13 angka', en: 'A NIB has 13 digits' },
  npwp_format: { id: 'NPWP harus 15 atau 16 angka', en: 'An NPWP has 15 or 16 digits' },
  npwp_is_nitku: {
    id: 'Ini NITKU (22 angka); NPWP adalah 16 angka pertamanya',
    en: 'This is a NITKU (22 digits); the NPWP is its first 16 digits',
  },
  kbli_format: { id: 'KBLI harus lima angka', en: 'A KBLI code has five digits' },
  region_format: {
    id: 'Kode wilayah Kemendagri ditulis dengan titik, misalnya 34.01',
    en: 'A Kemendagri region code is written with its dots, as in 34.01',
  },
  country_format: {
    id: 'Kewarganegaraan adalah kode negara dua huruf, misalnya ID',
    en: 'Citizenship is a country code of two letters, such as ID',
  },
  coordinate_format: {
    id: 'Koordinat harus dalam derajat desimal',
    en: 'A coordinate is in decimal degrees',
  },
  coordinate_incomplete: {
    id: 'Lintang dan bujur harus diisi keduanya',
    en: 'Latitude and longitude go together',
  },
  identifier_missing: { id: 'NPP atau NIB wajib diisi', en: 'An NPP or a NIB is required' },
  unknown_programme: {
    id: 'Program tidak dikenal; yang ada JKK, JKM, JHT, JP',
    en: 'The programme is not known; there are JKK, JKM, JHT, JP',
  },
} satisfies Record<string, Message>;

export type ImportCode = keyof typeof IMPORT_MESSAGES;
