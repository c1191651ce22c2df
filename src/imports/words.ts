import { CLASS_ORIGINS, EMPLOYER_KINDS, type EmployerKind } from '#src/domain/employer.ts';
import { EVIDENCE_KINDS, type EvidenceKind } from '#src/domain/evidence.ts';
import type { Sex } from '#src/domain/nik.ts';
import { JKK_CLASSES, PROGRAMMES, SCALES, type Scale, SECTORS, type Sector } from '#src/domain/parameters.ts';
import { EMPLOYMENT_TYPES, type EmploymentType } from '#src/domain/rules/obligations.ts';
import { type Parsed, refuse, short } from './refusal.ts';

const PROGRAMME_BITS = new Map(PROGRAMMES.map((name, index) => [name as string, 1 << index]));

/** `L` is *laki-laki*, male, and `P` *perempuan*, female; `M` and `F` are the English initials. */
export const parseSex = oneOf<Sex>({
  l: 'M',
  m: 'M',
  laki: 'M',
  laki_laki: 'M',
  pria: 'M',
  male: 'M',
  p: 'F',
  f: 'F',
  perempuan: 'F',
  wanita: 'F',
  female: 'F',
});

export const parseBoolean = oneOf<boolean>({
  ya: true,
  yes: true,
  true: true,
  '1': true,
  tidak: false,
  no: false,
  false: false,
  '0': false,
});

export const parseEmployerKind = oneOf<EmployerKind>({
  ...themselves(EMPLOYER_KINDS),
  swasta: 'private',
  bumn: 'state_owned',
  bumd: 'regional_owned',
  pemerintah: 'government',
  desa: 'village',
  koperasi: 'cooperative',
  yayasan: 'foundation',
  perorangan: 'individual',
  perseorangan: 'individual',
});

export const parseScale = oneOf<Scale>({
  ...themselves(SCALES),
  mikro: 'micro',
  kecil: 'small',
  menengah: 'medium',
  besar: 'large',
});

export const parseSector = oneOf<Sector>({
  ...themselves(SECTORS),
  umum: 'general',
  konstruksi: 'construction',
});

export const parseJkkClass = oneOf(themselves(JKK_CLASSES));

export const parseClassOrigin = oneOf(themselves(CLASS_ORIGINS));

/** PKWTT and PKWT are the labour law's contracts without and with a term. */
export const parseEmploymentType = oneOf<EmploymentType>({
  ...themselves(EMPLOYMENT_TYPES),
  tetap: 'permanent',
  pkwtt: 'permanent',
  kontrak: 'fixed_term',
  pkwt: 'fixed_term',
  harian: 'daily',
  harian_lepas: 'daily',
  alih_daya: 'outsourced',
});

/** WLKP is the report that every company owes the labour office; PPh 21 is the tax on wages. */
export const parseEvidenceKind = oneOf<EvidenceKind>({
  ...themselves(EVIDENCE_KINDS),
  wlkp: 'wlkp_report',
  laporan_wlkp: 'wlkp_report',
  wajib_lapor: 'wlkp_report',
  pajak: 'tax_withholding',
  pph21: 'tax_withholding',
  pph_21: 'tax_withholding',
  spt: 'tax_withholding',
  pemotongan_pajak: 'tax_withholding',
  pemeriksaan: 'inspection',
  hasil_pemeriksaan: 'inspection',
  pengawasan: 'inspection',
  inspeksi: 'inspection',
  kontrak: 'procurement_contract',
  kontrak_pengadaan: 'procurement_contract',
  pengadaan: 'procurement_contract',
  pengaduan: 'worker_complaint',
  pengaduan_pekerja: 'worker_complaint',
  keluhan: 'worker_complaint',
  izin: 'licence_application',
  permohonan_izin: 'licence_application',
  perizinan: 'licence_application',
});

/** Programmes joined by any of `|` `,` `;` `+` `/` `&` or spaces, as a sum of 1 JKK, 2 JKM, 4 JHT, 8 JP. */
export const parseProgrammes = short('unknown_programme', (text): Parsed<number> => {
  let mask = 0;
  for (const name of text.toUpperCase().split(/[|,;+/&\s]+/)) {
    if (name === '') continue;
    const bit = PROGRAMME_BITS.get(name);
    if (bit === undefined) return refuse('unknown_programme');
    mask |= bit;
  }
  return mask === 0 ? refuse('required') : mask;
});

/** One of a few words, whatever their case and however they are joined: `alih daya`, `Alih_Daya`. */
function oneOf<T extends string | boolean>(words: Record<string, T>): (text: string) => Parsed<T> {
  const meaning = new Map(Object.entries(words));
  return short(
    'unknown_word',
    (text) => meaning.get(text.toLowerCase().replace(/[\s_-]+/g, '_')) ?? refuse('unknown_word'),
  );
}

function themselves<T extends string>(words: readonly T[]): Record<string, T> {
  return Object.fromEntries(words.map((word) => [word.toLowerCase(), word]));
}
