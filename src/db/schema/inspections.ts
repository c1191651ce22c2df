import { check, date, foreignKey, index, jsonb, pgTable, primaryKey, sql, text, uuid } from '../drizzle.ts';
import { instant, type RecordedBy } from './columns.ts';

/** Facts: cases that were given to an inspector. */
export const inspections = pgTable(
  'inspections',
  {
    employerId: uuid('employer_id').notNull(),
    inspectionId: uuid('inspection_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** The person who goes. */
    inspector: text('inspector').notNull(),
    /** Last day of the visit as planned. */
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    /** What the queue claimed on the day of assignment: codes of reasons, and the priority with its parts. */
    claims: text('claims').array().notNull(),
    priority: jsonb('priority').notNull(),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'inspections_pk', columns: [t.employerId, t.inspectionId] }),
    index('inspections_id').on(t.inspectionId),
    index('inspections_agency').on(t.agencyCode, t.inspectionId),
  ],
);

/** Facts: what came of a case, once. */
export const inspectionOutcomes = pgTable(
  'inspection_outcomes',
  {
    employerId: uuid('employer_id').notNull(),
    inspectionId: uuid('inspection_id').notNull(),
    outcomeId: uuid('outcome_id').notNull(),
    /** `visited`, or `cancelled`: nobody went. */
    kind: text('kind').notNull(),
    on: date('on_day', { mode: 'string' }).notNull(),
    /** Codes of the breaches that were found. */
    found: text('found').array().notNull(),
    evidenceId: uuid('evidence_id'),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'inspection_outcomes_pk', columns: [t.employerId, t.inspectionId] }),
    index('inspection_outcomes_day').on(t.on, t.inspectionId),
    foreignKey({
      name: 'inspection_outcomes_inspection',
      columns: [t.employerId, t.inspectionId],
      foreignColumns: [inspections.employerId, inspections.inspectionId],
    }),
    check('inspection_outcomes_kind', sql`${t.kind} in ('visited', 'cancelled')`),
  ],
);

/** Facts: why a person must not inspect an employer, as declared by that person or the agency. */
export const conflictsOfInterest = pgTable(
  'conflicts_of_interest',
  {
    employerId: uuid('employer_id').notNull(),
    conflictId: uuid('conflict_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    inspector: text('inspector').notNull(),
    reason: text('reason').notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'conflicts_of_interest_pk', columns: [t.employerId, t.conflictId] }),
    index('conflicts_of_interest_agency').on(t.agencyCode, t.conflictId),
  ],
);

/** Facts: investigations that delay what an employer sees of who asked about it. */
export const accessDelays = pgTable(
  'access_delays',
  {
    employerId: uuid('employer_id').notNull(),
    delayId: uuid('delay_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** First and last day of accesses that are shown later. */
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    caseReference: text('case_reference').notNull(),
    reason: text('reason').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'access_delays_pk', columns: [t.employerId, t.delayId] }),
    index('access_delays_agency').on(t.agencyCode, t.delayId),
    check('access_delays_days', sql`${t.endsOn} >= ${t.startsOn}`),
  ],
);
