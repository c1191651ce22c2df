import { sql } from 'drizzle-orm';
import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import { bytea, instant, type RecordedBy } from './columns.ts';

/** The newest state of each employer, for finding and listing; the facts are in `employer_changes`. */
export const employers = pgTable(
  'employers',
  {
    employerId: uuid('employer_id').primaryKey(),
    version: integer('version').notNull(),
    legalName: text('legal_name').notNull(),
    /** Lower case, without legal form and punctuation: what similarity is measured on. */
    plainName: text('plain_name').notNull(),
    npp: text('npp'),
    nib: text('nib'),
    npwp: text('npwp'),
    kind: text('kind').notNull(),
    scale: text('scale').notNull(),
    sector: text('sector').notNull(),
    jkkClass: text('jkk_class'),
    jkkClassOrigin: text('jkk_class_origin'),
    jkkClassDecidedOn: date('jkk_class_decided_on', { mode: 'string' }),
    kbliCode: text('kbli_code'),
    kbliEdition: text('kbli_edition'),
    labourIntensiveIndustry: text('labour_intensive_industry'),
    regionCode: text('region_code').notNull(),
    address: text('address'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    registeredOn: date('registered_on', { mode: 'string' }),
    closedOn: date('closed_on', { mode: 'string' }),
    outsourcingLicence: text('outsourcing_licence'),
    outsourcingLicensedOn: date('outsourcing_licensed_on', { mode: 'string' }),
    stewardAgency: text('steward_agency'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('employers_region').on(t.regionCode, t.employerId),
    index('employers_plain_name').using('gin', sql`${t.plainName} gin_trgm_ops`),
    index('employers_vendors').on(t.regionCode, t.employerId).where(sql`${t.outsourcingLicence} is not null`),
    index('employers_place')
      .using('gist', sql`point(${t.longitude}, ${t.latitude})`)
      .where(sql`${t.latitude} is not null`),
    index('employers_unlocated').on(t.regionCode, t.employerId).where(sql`${t.latitude} is null`),
  ],
);

/** Facts of the registry: what an employer looked like after each change. */
export const employerChanges = pgTable(
  'employer_changes',
  {
    employerId: uuid('employer_id').notNull(),
    changeId: uuid('change_id').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
    attributes: jsonb('attributes').$type<EmployerAttributes>().notNull(),
  },
  (t) => [primaryKey({ name: 'employer_changes_pk', columns: [t.employerId, t.changeId] })],
);

/** Which employer a strong identifier names; its key is what makes identifiers unique. */
export const employerIdentifiers = pgTable(
  'employer_identifiers',
  {
    scheme: text('scheme').notNull(),
    value: text('value').notNull(),
    employerId: uuid('employer_id').notNull(),
  },
  (t) => [
    primaryKey({ name: 'employer_identifiers_pk', columns: [t.scheme, t.value] }),
    index('employer_identifiers_employer').on(t.employerId),
  ],
);

/** A person as known to one employer, by the keyed blind index of the NIK; who it is stands in sealed rosters alone. */
export const workers = pgTable(
  'workers',
  {
    employerId: uuid('employer_id').notNull(),
    workerId: uuid('worker_id').notNull(),
    nikIndex: bytea('nik_index').notNull(),
  },
  (t) => [
    primaryKey({ name: 'workers_pk', columns: [t.employerId, t.workerId] }),
    unique('workers_nik').on(t.employerId, t.nikIndex),
    index('workers_nik_index').on(t.nikIndex),
  ],
);
