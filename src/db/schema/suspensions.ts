import type { Instalment } from '#src/domain/suspensions.ts';
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

/** Facts: payment plans, disputes and invitations to regularise, as they were opened. */
export const suspensions = pgTable(
  'suspensions',
  {
    employerId: uuid('employer_id').notNull(),
    suspensionId: uuid('suspension_id').notNull(),
    kind: text('kind').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** Breaches that it is about; null: all. */
    codes: text('codes').array(),
    /** Contribution months that it is about; null: those that had fallen due when it was opened. */
    periods: text('periods').array(),
    /** Day on which a plan was agreed, a dispute opened, an invitation sent. */
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    /** Last day of an invitation. */
    endsOn: date('ends_on', { mode: 'string' }),
    instalments: jsonb('instalments').$type<Instalment[]>(),
    suspensive: boolean('suspensive'),
    note: text('note'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'suspensions_pk', columns: [t.employerId, t.suspensionId] }),
    index('suspensions_id').on(t.suspensionId),
    index('suspensions_agency').on(t.agencyCode, t.suspensionId),
    check('suspensions_kind', sql`${t.kind} in ('plan', 'dispute', 'regularisation')`),
    check('suspensions_days', sql`${t.endsOn} >= ${t.startsOn}`),
  ],
);

/** Facts: what ended a suspension before its time: the decision of a dispute, the withdrawal of any. */
export const suspensionEndings = pgTable(
  'suspension_endings',
  {
    employerId: uuid('employer_id').notNull(),
    suspensionId: uuid('suspension_id').notNull(),
    endingId: uuid('ending_id').notNull(),
    kind: text('kind').notNull(),
    on: date('on_day', { mode: 'string' }).notNull(),
    /** Of a decision: whether the employer was right. */
    upheld: boolean('upheld'),
    reason: text('reason').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'suspension_endings_pk', columns: [t.employerId, t.suspensionId] }),
    foreignKey({
      name: 'suspension_endings_suspension',
      columns: [t.employerId, t.suspensionId],
      foreignColumns: [suspensions.employerId, suspensions.suspensionId],
    }),
    check('suspension_endings_kind', sql`${t.kind} in ('decision', 'withdrawal')`),
  ],
);
