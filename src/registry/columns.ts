import type { ClassOrigin, EmployerAttributes } from '#src/domain/employer.ts';
import { normaliseName } from '#src/domain/identifiers.ts';
import type { JkkClass, LabourIntensiveIndustry } from '#src/domain/parameters.ts';

/** A row of `employers`, as far as it holds attributes. */
export type EmployerRow = {
  employer_id: string;
  version: number;
  legal_name: string;
  npp: string | null;
  nib: string | null;
  npwp: string | null;
  kind: EmployerAttributes['kind'];
  scale: EmployerAttributes['scale'];
  sector: EmployerAttributes['sector'];
  jkk_class: JkkClass | null;
  jkk_class_origin: ClassOrigin | null;
  jkk_class_decided_on: string | null;
  kbli_code: string | null;
  kbli_edition: string | null;
  labour_intensive_industry: LabourIntensiveIndustry | null;
  region_code: string;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  registered_on: string | null;
  closed_on: string | null;
  outsourcing_licence: string | null;
  outsourcing_licensed_on: string | null;
  steward_agency: string | null;
};

const COLUMNS = [
  'employer_id',
  'version',
  'legal_name',
  'npp',
  'nib',
  'npwp',
  'kind',
  'scale',
  'sector',
  'jkk_class',
  'jkk_class_origin',
  'jkk_class_decided_on',
  'kbli_code',
  'kbli_edition',
  'labour_intensive_industry',
  'region_code',
  'address',
  'latitude',
  'longitude',
  'registered_on',
  'closed_on',
  'outsourcing_licence',
  'outsourcing_licensed_on',
  'steward_agency',
] as const satisfies (keyof EmployerRow)[];

/** The columns of {@link EmployerRow}, for a select on `employers` as `e`. */
export const EMPLOYER_COLUMNS = COLUMNS.map((column) => `e.${column}`).join(', ');

/** The attributes in a row; what is null is absent. */
export function attributesOf(row: EmployerRow): EmployerAttributes {
  return dropAbsent<EmployerAttributes>({
    legalName: row.legal_name,
    npp: row.npp,
    nib: row.nib,
    npwp: row.npwp,
    kind: row.kind,
    scale: row.scale,
    sector: row.sector,
    jkkClass: row.jkk_class,
    jkkClassOrigin: row.jkk_class_origin,
    jkkClassDecidedOn: row.jkk_class_decided_on,
    kbli: row.kbli_code === null ? null : { code: row.kbli_code, edition: row.kbli_edition! },
    labourIntensiveIndustry: row.labour_intensive_industry,
    regionCode: row.region_code,
    address: row.address,
    location: row.latitude === null ? null : { latitude: row.latitude, longitude: row.longitude! },
    registeredOn: row.registered_on,
    closedOn: row.closed_on,
    outsourcing:
      row.outsourcing_licence === null
        ? null
        : {
            licenceNumber: row.outsourcing_licence,
            ...(row.outsourcing_licensed_on !== null && { licensedOn: row.outsourcing_licensed_on }),
          },
    stewardAgency: row.steward_agency,
  });
}

/** The columns of an employer's row, for a recordset. */
export function rowOf(
  employerId: string,
  version: number,
  attributes: EmployerAttributes,
): EmployerRow & { plain_name: string } {
  return {
    employer_id: employerId,
    version,
    legal_name: attributes.legalName,
    plain_name: normaliseName(attributes.legalName),
    npp: attributes.npp ?? null,
    nib: attributes.nib ?? null,
    npwp: attributes.npwp ?? null,
    kind: attributes.kind,
    scale: attributes.scale,
    sector: attributes.sector,
    jkk_class: attributes.jkkClass ?? null,
    jkk_class_origin: attributes.jkkClassOrigin ?? null,
    jkk_class_decided_on: attributes.jkkClassDecidedOn ?? null,
    kbli_code: attributes.kbli?.code ?? null,
    kbli_edition: attributes.kbli?.edition ?? null,
    labour_intensive_industry: attributes.labourIntensiveIndustry ?? null,
    region_code: attributes.regionCode,
    address: attributes.address ?? null,
    latitude: attributes.location?.latitude ?? null,
    longitude: attributes.location?.longitude ?? null,
    registered_on: attributes.registeredOn ?? null,
    closed_on: attributes.closedOn ?? null,
    outsourcing_licence: attributes.outsourcing?.licenceNumber ?? null,
    outsourcing_licensed_on: attributes.outsourcing?.licensedOn ?? null,
    steward_agency: attributes.stewardAgency ?? null,
  };
}

function dropAbsent<T extends object>(value: { [K in keyof Required<T>]: T[K] | null | undefined }): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined),
  ) as T;
}
