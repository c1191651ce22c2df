import { z } from 'zod';
import { CLASS_ORIGINS, EMPLOYER_KINDS } from '#src/domain/employer.ts';
import { KBLI_EDITIONS, parseNib, parseNpp, parseNpwp } from '#src/domain/identifiers.ts';
import { JKK_CLASSES, LABOUR_INTENSIVE_INDUSTRIES, SCALES, SECTORS } from '#src/domain/parameters.ts';
import { DayField, DayOut, IdOut, rule, text } from '#src/http/fields.ts';
import { patchOf } from '#src/http/merge-patch.ts';

/** A field that an identifier parser normalises or refuses. */
function identifier<Code extends string>(
  parse: (given: string) => { ok: true; value: string } | { ok: false; code: Code },
  messages: Record<Code, [id: string, en: string]>,
  meta: { description: string; examples: string[] },
) {
  return text(40)
    .transform((given, context) => {
      const parsed = parse(given);
      if (parsed.ok) return parsed.value;
      const [id, en] = messages[parsed.code];
      context.addIssue({ code: 'custom', ...rule(parsed.code, id, en) });
      return z.NEVER;
    })
    .meta(meta);
}

export const Npp = identifier(
  parseNpp,
  { npp_format: ['NPP terdiri atas 4 sampai 20 huruf dan angka.', 'An NPP is 4 to 20 letters and digits.'] },
  { description: 'NPP: employer number given by BPJS Ketenagakerjaan', examples: ['AB123456'] },
);
export const Nib = identifier(
  parseNib,
  { nib_format: ['NIB terdiri atas 13 angka.', 'A NIB is 13 digits.'] },
  { description: 'NIB: business number of OSS, 13 digits', examples: ['9120301234567'] },
);
export const Npwp = identifier(
  parseNpwp,
  {
    npwp_format: ['NPWP terdiri atas 15 atau 16 angka.', 'An NPWP is 15 or 16 digits.'],
    npwp_is_nitku: [
      'Ini NITKU (22 angka): berikan 16 angka pertamanya sebagai NPWP.',
      'This is a NITKU (22 digits): give its first 16 digits as the NPWP.',
    ],
  },
  {
    description: 'NPWP: tax number, 16 digits; 15 digits gain a leading zero',
    examples: ['0123456789012345'],
  },
);

const Kbli = z
  .strictObject({
    code: z
      .string()
      .max(5)
      .regex(/^\d{5}$/)
      .meta({ description: 'KBLI, five digits', examples: ['80100'] }),
    edition: z
      .enum(KBLI_EDITIONS.map(String) as [string, ...string[]])
      .meta({ description: 'Year of the edition' }),
  })
  .meta({ id: 'Kbli', description: 'Business classification of the statistics office' });

/** The first digits of a classification, in a query. */
export const KbliPrefix = z
  .string()
  .max(5)
  .regex(/^\d{2,5}$/)
  .meta({ description: 'First digits of the business classification' });

const Location = z
  .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
  .meta({ id: 'Location' });

const Outsourcing = z.strictObject({ licenceNumber: text(100), licensedOn: DayField.optional() }).meta({
  id: 'OutsourcingLicence',
  description: 'Makes the employer an outsourcing vendor (PP 35/2021 art. 20)',
});

export const RegionCode = z
  .string()
  .max(5)
  .regex(/^\d{2}(\.\d{2})?$/)
  .meta({ description: 'Kemendagri code of a province or regency', examples: ['34.01'] });

const fields = {
  legalName: text(200),
  npp: Npp.optional(),
  nib: Nib.optional(),
  npwp: Npwp.optional(),
  kind: z.enum(EMPLOYER_KINDS),
  scale: z.enum(SCALES),
  sector: z.enum(SECTORS),
  jkkClass: z.enum(JKK_CLASSES).optional(),
  jkkClassOrigin: z.enum(CLASS_ORIGINS).optional(),
  jkkClassDecidedOn: DayField.optional(),
  kbli: Kbli.optional(),
  labourIntensiveIndustry: z.enum(LABOUR_INTENSIVE_INDUSTRIES).optional(),
  regionCode: RegionCode,
  address: text(500).optional(),
  location: Location.optional(),
  registeredOn: DayField.optional(),
  closedOn: DayField.optional(),
  outsourcing: Outsourcing.optional(),
  stewardAgency: text(100).optional(),
};

export const EmployerCreate = z.strictObject({ ...fields, sector: fields.sector.default('general') }).meta({
  id: 'EmployerCreate',
  description: 'An employer as first recorded; without `registeredOn` it is not registered with BPJS',
});

export const EmployerPatch = patchOf(EmployerCreate).meta({
  id: 'EmployerPatch',
  description: 'JSON Merge Patch (RFC 7396) of an employer: an absent member stays, null removes one',
});

export const Employer = z
  .object({
    id: IdOut,
    legalName: z.string().max(200),
    npp: z.string().max(20).optional(),
    nib: z.string().max(13).optional(),
    npwp: z.string().max(16).optional(),
    kind: z.enum(EMPLOYER_KINDS),
    scale: z.enum(SCALES),
    sector: z.enum(SECTORS),
    jkkClass: z.enum(JKK_CLASSES).optional(),
    jkkClassOrigin: z.enum(CLASS_ORIGINS).optional(),
    jkkClassDecidedOn: DayOut.optional(),
    kbli: z.object({ code: z.string().max(5), edition: z.string().max(4) }).optional(),
    labourIntensiveIndustry: z.enum(LABOUR_INTENSIVE_INDUSTRIES).optional(),
    regionCode: z.string().max(5),
    address: z.string().max(500).optional(),
    location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
    registeredOn: DayOut.optional(),
    closedOn: DayOut.optional(),
    outsourcing: z.object({ licenceNumber: z.string().max(100), licensedOn: DayOut.optional() }).optional(),
    stewardAgency: z.string().max(100).optional(),
  })
  .meta({ id: 'Employer' });

export type EmployerView = z.input<typeof Employer>;

/** How other answers name an employer. */
export const EmployerName = z
  .object({
    id: IdOut,
    legalName: z.string().max(200),
    npp: z.string().max(20).optional(),
    regionCode: z.string().max(5),
  })
  .meta({ id: 'EmployerName' });
