import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant, type RecordedBy } from './columns.ts';

/** Every check with the answer that was given, byte for byte, receipt included. */
export const checks = pgTable(
  'checks',
  {
    checkId: uuid('check_id').primaryKey(),
    checkedAt: instant('checked_at').notNull(),
    checkedBy: jsonb('checked_by').$type<RecordedBy>().notNull(),
    agencyCode: text('agency_code').notNull(),
    batchId: uuid('batch_id'),
    employerId: uuid('employer_id'),
    purpose: text('purpose').notNull(),
    reference: text('reference').notNull(),
    onBehalfOf: text('on_behalf_of'),
    action: text('action').notNull(),
    answer: text('answer').notNull(),
  },
  (t) => [index('checks_employer').on(t.employerId, t.checkId)],
);

export const checkBatches = pgTable('check_batches', {
  batchId: uuid('batch_id').primaryKey(),
  checkedAt: instant('checked_at').notNull(),
  checkedBy: jsonb('checked_by').$type<RecordedBy>().notNull(),
  purpose: text('purpose').notNull(),
  reference: text('reference').notNull(),
  onBehalfOf: text('on_behalf_of'),
  subjects: integer('subjects').notNull(),
});
