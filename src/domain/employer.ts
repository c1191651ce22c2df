import type { Day } from './civil.ts';
import type { JkkClass, LabourIntensiveIndustry, Scale, Sector } from './parameters.ts';

export const EMPLOYER_KINDS = [
  'private',
  'state_owned',
  'regional_owned',
  'government',
  'village',
  'cooperative',
  'foundation',
  'individual',
] as const;
export type EmployerKind = (typeof EMPLOYER_KINDS)[number];

/** How the JKK class became known. Only BPJS's own decision confirms it (PP 44/2015 art. 16(2)). */
export const CLASS_ORIGINS = ['bpjs_decision', 'declared', 'inferred'] as const;
export type ClassOrigin = (typeof CLASS_ORIGINS)[number];

/** What the registry holds of an employer; absent means not known, or for `registeredOn`, not registered with BPJS. */
export type EmployerAttributes = {
  legalName: string;
  /** Employer number given by BPJS (*nomor pendaftaran perusahaan*). */
  npp?: string;
  /** Business number of the licensing system OSS (*nomor induk berusaha*), 13 digits. */
  nib?: string;
  /** Tax number (*nomor pokok wajib pajak*), 16 digits. */
  npwp?: string;
  kind: EmployerKind;
  scale: Scale;
  sector: Sector;
  jkkClass?: JkkClass;
  jkkClassOrigin?: ClassOrigin;
  jkkClassDecidedOn?: Day;
  /** Business classification of the statistics office, five digits, with the edition's year. */
  kbli?: { code: string; edition: string };
  labourIntensiveIndustry?: LabourIntensiveIndustry;
  /** Kemendagri code of the province or regency. */
  regionCode: string;
  address?: string;
  location?: { latitude: number; longitude: number };
  registeredOn?: Day;
  closedOn?: Day;
  /** Present makes the employer an outsourcing vendor (*perusahaan alih daya*, PP 35/2021 art. 20). */
  outsourcing?: { licenceNumber: string; licensedOn?: Day };
  stewardAgency?: string;
};
