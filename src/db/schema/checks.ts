import { check, index, integer, jsonb, pgTable, sql, text, uuid } from '../drizzle.ts';
import { bytea, instant, type RecordedBy } from './columns.ts';

/** Every check with what its answer was, byte for byte. */
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
    /** As it went out, without the receipt where that stands in the columns below. */
    answer: text('answer').notNull(),
    /** What the receipt says besides the answer: JSON text without its closing brace. */
    claims: text('claims'),
    receiptKey: text('receipt_key'),
    signature: bytea('signature'),
  },
  (t) => [
    index('checks_employer').on(t.employerId, t.checkId),
    check('checks_signed_whole', sql`num_nulls(${t.claims}, ${t.receiptKey}, ${t.signature}) in (0, 3)`),
  ],
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
