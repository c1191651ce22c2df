import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uuid,
} from '../drizzle.ts';
import { instant, type RecordedBy } from './columns.ts';

/** Facts: what an agency proposed against an employer. */
export const flags = pgTable(
  'flags',
  {
    employerId: uuid('employer_id').notNull(),
    flagId: uuid('flag_id').notNull(),
    agencyCode: text('agency_code').notNull(),
    kind: text('kind').notNull(),
    ground: text('ground').notNull(),
    article: text('article'),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    evidenceHash: text('evidence_hash'),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'flags_pk', columns: [t.employerId, t.flagId] }),
    index('flags_id').on(t.flagId),
    index('flags_agency').on(t.agencyCode, t.flagId),
    check('flags_days', sql`${t.endsOn} >= ${t.startsOn}`),
  ],
);

/** Facts: approvals, rejections, objections and their decisions, lifts. */
export const flagEvents = pgTable(
  'flag_events',
  {
    employerId: uuid('employer_id').notNull(),
    flagId: uuid('flag_id').notNull(),
    eventId: uuid('event_id').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason'),
    suspensive: boolean('suspensive'),
    objectionId: uuid('objection_id'),
    upheld: boolean('upheld'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'flag_events_pk', columns: [t.employerId, t.flagId, t.eventId] }),
    foreignKey({
      name: 'flag_events_flag',
      columns: [t.employerId, t.flagId],
      foreignColumns: [flags.employerId, flags.flagId],
    }),
  ],
);
