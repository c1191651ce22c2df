import type { FinedMonth } from '#src/domain/sanctions.ts';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from '../drizzle.ts';
import { instant, type RecordedBy, rupiah } from './columns.ts';

/** Facts: procedures under PP 86/2013, as they were opened. */
export const sanctions = pgTable(
  'sanctions',
  {
    employerId: uuid('employer_id').notNull(),
    sanctionId: uuid('sanction_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** Breaches that it is about. */
    codes: text('codes').array().notNull(),
    openedOn: date('opened_on', { mode: 'string' }).notNull(),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'sanctions_pk', columns: [t.employerId, t.sanctionId] }),
    index('sanctions_id').on(t.sanctionId),
    index('sanctions_agency').on(t.agencyCode, t.sanctionId),
  ],
);

/** Facts: the steps of a procedure, by whoever took them. */
export const sanctionSteps = pgTable(
  'sanction_steps',
  {
    employerId: uuid('employer_id').notNull(),
    sanctionId: uuid('sanction_id').notNull(),
    stepId: uuid('step_id').notNull(),
    step: text('step').notNull(),
    on: date('on_day', { mode: 'string' }).notNull(),
    /** Public services that a request, its decision or its end is about. */
    services: text('services').array(),
    /** The unit that decides, or decided: an agency's code, or the name of one that has none. */
    decidedBy: text('decided_by'),
    accepted: boolean('accepted'),
    /** Of a decision, a lift request or a lift: the request that it is about. */
    requestId: uuid('request_id'),
    /** Rupiah, of a fine as it was computed on its day. */
    amount: rupiah('amount'),
    /** What the fine consists of. */
    fineMonths: jsonb('fine_months').$type<FinedMonth[]>(),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'sanction_steps_pk', columns: [t.employerId, t.sanctionId, t.stepId] }),
    index('sanction_steps_unit').on(t.decidedBy, t.sanctionId),
    foreignKey({
      name: 'sanction_steps_sanction',
      columns: [t.employerId, t.sanctionId],
      foreignColumns: [sanctions.employerId, sanctions.sanctionId],
    }),
  ],
);

/** Derived with the summary: the terms that run in open procedures, if no further fact comes. */
export const sanctionTerms = pgTable(
  'sanction_terms',
  {
    employerId: uuid('employer_id').notNull(),
    sanctionId: uuid('sanction_id').notNull(),
    sequence: integer('sequence').notNull(),
    /** `step`: it may, or is to, be taken; `given`: the employer has until its end. */
    kind: text('kind').notNull(),
    /** What may, or must, be done. */
    step: text('step').notNull(),
    notBefore: date('not_before', { mode: 'string' }).notNull(),
    notAfter: date('not_after', { mode: 'string' }),
    /** The unit that it is for, where it is not the agency of the procedure. */
    unit: text('unit'),
    requestId: uuid('request_id'),
  },
  (t) => [
    primaryKey({ name: 'sanction_terms_pk', columns: [t.employerId, t.sanctionId, t.sequence] }),
    index('sanction_terms_not_after').on(t.notAfter, t.sanctionId),
    index('sanction_terms_not_before').on(t.notBefore, t.sanctionId),
  ],
);
