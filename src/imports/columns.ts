import { mask } from './mask.ts';
import type { ImportCode } from './messages.ts';
import { bareText } from './values.ts';

type Column = {
  indonesian?: string;
  required?: true;
  personal?: true;
  /** A cell may be of several lines. */
  lines?: true;
  /** A cell may be of several values. */
  list?: true;
};

const EMPLOYERS = {
  npp: {},
  nib: {},
  npwp: { personal: true },
  legalName: { indonesian: 'nama' },
  kind: { indonesian: 'jenis' },
  scale: { indonesian: 'skala' },
  sector: { indonesian: 'sektor' },
  jkkClass: { indonesian: 'kelas_jkk' },
  jkkClassOrigin: { indonesian: 'asal_kelas' },
  kbli: {},
  regionCode: { indonesian: 'kode_wilayah' },
  address: { indonesian: 'alamat', lines: true },
  latitude: { indonesian: 'lintang' },
  longitude: { indonesian: 'bujur' },
  registeredOn: { indonesian: 'terdaftar' },
  closedOn: { indonesian: 'ditutup' },
  outsourcingLicence: { indonesian: 'izin_alih_daya' },
} satisfies Record<string, Column>;

/** Personal but for the NPP: where cells stand in the wrong columns, any of these may hold a NIK, a name or a wage. */
const ROSTERS = {
  npp: { required: true },
  period: { indonesian: 'periode', required: true, personal: true },
  nik: { required: true, personal: true },
  name: { indonesian: 'nama', required: true, personal: true },
  birthDate: { indonesian: 'tgl_lahir', required: true, personal: true },
  wage: { indonesian: 'upah', required: true, personal: true },
  programmes: { indonesian: 'program', required: true, personal: true, list: true },
  sex: { indonesian: 'jenis_kelamin', personal: true },
  placementContract: { indonesian: 'kontrak', personal: true },
  citizenship: { indonesian: 'kewarganegaraan', personal: true },
  employmentType: { indonesian: 'jenis_hubungan_kerja', personal: true },
  jkp: { personal: true },
} satisfies Record<string, Column>;

const PAYMENTS = {
  npp: { required: true },
  amount: { indonesian: 'jumlah', required: true },
  paidOn: { indonesian: 'tanggal_bayar', required: true },
  reference: { indonesian: 'referensi', required: true },
  period: { indonesian: 'periode' },
  penalty: { indonesian: 'denda' },
  channel: { indonesian: 'kanal' },
} satisfies Record<string, Column>;

/** A lowest wage is somebody's, and a note may name anybody. */
const EVIDENCE = {
  npp: {},
  nib: {},
  kind: { indonesian: 'jenis', required: true },
  observedOn: { indonesian: 'tanggal', required: true },
  headcount: { indonesian: 'jumlah_pekerja' },
  wageBill: { indonesian: 'total_upah' },
  lowestWage: { indonesian: 'upah_terendah', personal: true },
  note: { indonesian: 'catatan', personal: true, lines: true },
  documentHash: { indonesian: 'hash_dokumen' },
} satisfies Record<string, Column>;

/** What looks like the name of a column, and not like a value that stands where one should. */
const COLUMN_NAME = /^[a-z_]{1,30}$/i;

const COLUMNS = { employers: EMPLOYERS, rosters: ROSTERS, payments: PAYMENTS, evidence: EVIDENCE };

/** What a file holds. */
export type ImportKind = keyof typeof COLUMNS;
export type ColumnOf<K extends ImportKind> = keyof (typeof COLUMNS)[K] & string;

/** Where a column stands in a line, under which name, and whether its values must not be shown. */
export type Place = { at: number; name: string; personal: boolean };

/** The columns of one file. */
export type Header<K extends ImportKind> = { width: number; places: ReadonlyMap<ColumnOf<K>, Place> };

export type HeaderResult<K extends ImportKind> =
  | { ok: true; header: Header<K> }
  | { ok: false; code: ImportCode; column?: string };

/**
 * The columns that a header line names, in any order and case, in Indonesian or English. A column that is unknown,
 * missing or there twice refuses the file, since each of its lines would be read wrongly.
 */
export function readHeader<K extends ImportKind>(kind: K, cells: readonly string[]): HeaderResult<K> {
  const names = cells.map(bareText);
  while (names.at(-1) === '') names.pop();
  const places = new Map<ColumnOf<K>, Place>();
  const known = columnNames(kind);
  if (!names.some((name) => known.has(name.toLowerCase()))) return { ok: false, code: 'missing_header' };
  for (const [at, name] of names.entries()) {
    const column = known.get(name.toLowerCase());
    if (column === undefined) return { ok: false, code: 'unknown_column', column: shownUnknown(kind, name) };
    if (places.has(column)) return { ok: false, code: 'duplicate_column', column: name };
    places.set(column, { at, name, personal: definition(kind, column).personal === true });
  }
  const missing = columnsOf(kind).find((column) => definition(kind, column).required && !places.has(column));
  if (missing)
    return { ok: false, code: 'missing_column', column: definition(kind, missing).indonesian ?? missing };
  return { ok: true, header: { width: names.length, places } };
}

/** The name of an unknown column as a rejection may show it: in a roster, a worker's data may stand in its place. */
export function shownUnknown(kind: ImportKind, name: string): string {
  return mask(name, kind === 'rosters' && !COLUMN_NAME.test(name));
}

/** All columns of a kind, in their own order. */
export function columnsOf<K extends ImportKind>(kind: K): ColumnOf<K>[] {
  return Object.keys(COLUMNS[kind]) as ColumnOf<K>[];
}

/** Whether a cell of any column may be of several lines. */
export function holdsLines(kind: ImportKind): boolean {
  return columnsOf(kind).some((column) => definition(kind, column).lines);
}

/** Whether a cell of the column may be of several values. */
export function takesList<K extends ImportKind>(kind: K, column: ColumnOf<K>): boolean {
  return definition(kind, column).list === true;
}

/** The column that each accepted name, in lower case, stands for. */
export function columnNames<K extends ImportKind>(kind: K): ReadonlyMap<string, ColumnOf<K>> {
  const names = new Map<string, ColumnOf<K>>();
  for (const column of columnsOf(kind)) {
    const { indonesian } = definition(kind, column);
    names.set(column.toLowerCase(), column);
    if (indonesian) names.set(indonesian, column);
  }
  return names;
}

function definition<K extends ImportKind>(kind: K, column: ColumnOf<K>): Column {
  return (COLUMNS[kind] as Record<string, Column>)[column]!;
}
