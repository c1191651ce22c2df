import type { EmployerAttributes } from '#src/domain/employer.ts';
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uuid,
} from '../drizzle.ts';
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

/** Which employers an identifier named once, and may again: who asks about the past looks among them, too. */
export const formerIdentifiers = pgTable(
  'former_identifiers',
  {
    scheme: text('scheme').notNull(),
    value: text('value').notNull(),
    employerId: uuid('employer_id').notNull(),
  },
  (t) => [primaryKey({ name: 'former_identifiers_pk', columns: [t.scheme, t.value, t.employerId] })],
);

/**
 * Persons whom an employer had not declared before, by the declaration that did: their ids, 16 bytes each, and in the
 * same order the keyed blind indexes of their NIKs; who they are stands in sealed rosters alone. The view `workers` has
 * a row for each of them: `employer_id`, `worker_id`, `nik_index`. Those of unnumbered declarations are not among them.
 */
export const workerBatches = pgTable(
  'worker_batches',
  {
    employerId: uuid('employer_id').notNull(),
    batchId: uuid('batch_id').notNull(),
    workerIds: bytea('worker_ids').notNull(),
    nikIndexes: bytea('nik_indexes').notNull(),
  },
  (t) => [
    primaryKey({ name: 'worker_batches_pk', columns: [t.employerId, t.batchId] }),
    check(
      'worker_batches_whole',
      sql`octet_length(${t.workerIds}) = octet_length(${t.nikIndexes}) and octet_length(${t.nikIndexes}) % 16 = 0`,
    ),
  ],
);

/** Declarations whose persons have no ids yet; whoever asks for ids gives them first, so that imports need not. */
export const unnumberedDeclarations = pgTable(
  'unnumbered_declarations',
  { employerId: uuid('employer_id').notNull(), declarationId: uuid('declaration_id').notNull() },
  (t) => [primaryKey({ name: 'unnumbered_declarations_pk', columns: [t.employerId, t.declarationId] })],
);

/** Which employers ever declared a person: of all batches but the unlisted ones, so that imports need not wait for it. */
export const nikEmployers = pgTable(
  'nik_employers',
  { nikIndex: bytea('nik_index').notNull(), employerId: uuid('employer_id').notNull() },
  (t) => [primaryKey({ name: 'nik_employers_pk', columns: [t.nikIndex, t.employerId] })],
);

/** Batches that `nik_employers` does not know yet; whoever asks it lists them first. */
export const unlistedBatches = pgTable(
  'unlisted_batches',
  { employerId: uuid('employer_id').notNull(), batchId: uuid('batch_id').notNull() },
  (t) => [primaryKey({ name: 'unlisted_batches_pk', columns: [t.employerId, t.batchId] })],
);
