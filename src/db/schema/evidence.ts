import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  unique,
  uuid,
} from '../drizzle.ts';
import { bytea, instant, type RecordedBy, rupiah } from './columns.ts';

/** Facts: what somebody other than the employer's declarations says of its workers and wages. */
export const evidence = pgTable(
  'evidence',
  {
    employerId: uuid('employer_id').notNull(),
    evidenceId: uuid('evidence_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    kind: text('kind').notNull(),
    observedOn: date('observed_on', { mode: 'string' }).notNull(),
    headcount: integer('headcount'),
    wageBill: rupiah('wage_bill'),
    lowestWage: rupiah('lowest_wage'),
    /** How many workers were seen by name; who they are stands in `workers`. */
    workersSeen: integer('workers_seen'),
    /** Sealed: their NIK and wages. */
    workers: bytea('workers'),
    note: text('note'),
    documentHash: text('document_hash'),
    /** Keyed digest of the content: the same evidence twice is one. */
    digest: bytea('digest').notNull(),
    importId: uuid('import_id'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'evidence_pk', columns: [t.employerId, t.evidenceId] }),
    unique('evidence_digest').on(t.employerId, t.digest),
    index('evidence_id').on(t.evidenceId),
    index('evidence_agency').on(t.agencyCode, t.evidenceId),
    check('evidence_counts', sql`${t.headcount} >= 0 and ${t.wageBill} >= 0 and ${t.lowestWage} >= 0`),
  ],
);

/** Derived: what a sealed roster shows when it is held against something, so that it need not be opened again. */
export const comparisons = pgTable(
  'comparisons',
  {
    employerId: uuid('employer_id').notNull(),
    declarationId: uuid('declaration_id').notNull(),
    /** What it was held against: `evidence:<id>`, `minimum:<rupiah>`. */
    against: text('against').notNull(),
    result: jsonb('result').notNull(),
  },
  (t) => [primaryKey({ name: 'comparisons_pk', columns: [t.employerId, t.declarationId, t.against] })],
);

/** Facts: minimum wages as they were stated, the latest of a region and year holds; a small reference table. */
export const minimumWages = pgTable(
  'minimum_wages',
  {
    regionCode: text('region_code').notNull(),
    year: integer('year').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Rupiah a month. */
    monthly: rupiah('monthly').notNull(),
    source: text('source'),
    /** Names of regions change; what was said with one stays. */
    regionName: text('region_name').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'minimum_wages_pk', columns: [t.regionCode, t.year, t.recordedAt] }),
    check('minimum_wages_monthly', sql`${t.monthly} between 1 and 1000000000`),
  ],
);
