import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { JkkClass, Programme, Scale } from '#src/domain/parameters.ts';

/** The office that looks at the sample region. */
export const SAMPLE_AGENCY = {
  code: 'contoh-disnaker',
  name: 'Dinas Tenaga Kerja (contoh)',
  kind: 'labour_office',
  regions: ['34'],
} as const;

/** How a fictional company behaves: months are counted back from the last one that has fallen due. */
export type SampleCompany = {
  attributes: EmployerAttributes;
  workers: number;
  wage: number;
  programmes: readonly Programme[];
  /** The newest months are not declared. */
  undeclared?: number;
  /** The newest declared months are not paid. */
  unpaid?: number;
  /** The month before the newest was paid a day late. */
  late?: boolean;
};

const JKK_JKM: Programme[] = ['JKK', 'JKM'];
const WITH_JHT: Programme[] = [...JKK_JKM, 'JHT'];
const ALL: Programme[] = [...WITH_JHT, 'JP'];

function company(
  number: number,
  legalName: string,
  scale: Scale,
  jkkClass: JkkClass,
  kbli: string,
): EmployerAttributes {
  return {
    legalName,
    npp: `CT${String(number).padStart(6, '0')}`,
    nib: `99000000${String(number).padStart(5, '0')}`,
    kind: 'private',
    scale,
    sector: 'general',
    jkkClass,
    jkkClassOrigin: 'bpjs_decision',
    kbli: { code: kbli, edition: '2020' },
    regionCode: number % 3 === 0 ? '34.04' : '34.01',
    registeredOn: '2024-01-02',
  };
}

function vendor(attributes: EmployerAttributes): EmployerAttributes {
  return { ...attributes, outsourcing: { licenceNumber: `AD-${attributes.npp}`, licensedOn: '2024-02-01' } };
}

function unregistered({ npp: _, registeredOn: __, ...attributes }: EmployerAttributes): EmployerAttributes {
  return attributes;
}

/** Invented companies, people and numbers in regions that exist. */
export const SAMPLE_COMPANIES: readonly SampleCompany[] = [
  {
    attributes: company(1, 'PT Contoh Patuh Selalu', 'small', 'I', '47111'),
    workers: 8,
    wage: 2_700_000,
    programmes: WITH_JHT,
  },
  {
    attributes: vendor(company(2, 'PT Contoh Penjaga Malam', 'medium', 'I', '80100')),
    workers: 40,
    wage: 2_650_000,
    programmes: ALL,
    unpaid: 3,
  },
  {
    attributes: vendor(company(3, 'PT Contoh Bersih Bersama', 'medium', 'I', '81210')),
    workers: 25,
    wage: 2_620_000,
    programmes: ALL,
  },
  {
    attributes: company(4, 'PT Contoh Batik Pesisir', 'small', 'I', '14131'),
    workers: 14,
    wage: 2_800_000,
    programmes: WITH_JHT,
    unpaid: 1,
  },
  {
    attributes: company(5, 'CV Contoh Mebel Jati', 'small', 'III', '31001'),
    workers: 11,
    wage: 3_100_000,
    programmes: WITH_JHT,
    undeclared: 2,
  },
  {
    attributes: company(6, 'PT Contoh Bangun Jembatan', 'large', 'V', '41011'),
    workers: 60,
    wage: 4_200_000,
    programmes: ALL,
    late: true,
  },
  {
    attributes: company(7, 'PT Contoh Program Kurang', 'medium', 'II', '10761'),
    workers: 18,
    wage: 2_900_000,
    programmes: JKK_JKM,
  },
  {
    attributes: company(8, 'Warung Contoh Bu Tini', 'micro', 'I', '47111'),
    workers: 2,
    wage: 2_300_000,
    programmes: JKK_JKM,
  },
  {
    attributes: unregistered(company(9, 'PT Contoh Belum Terdaftar', 'large', 'IV', '49431')),
    workers: 0,
    wage: 0,
    programmes: [],
  },
];
