import type { Coverage } from '#src/domain/rules/obligations.ts';
import type { Assessment } from '#src/domain/rules/roster.ts';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  sql,
  text,
  uniqueIndex,
  uuid,
} from '../drizzle.ts';
import { bytea, instant, type RecordedBy, rupiah } from './columns.ts';

/** Facts: a roster as declared for one contribution month. All that is personal is inside the sealed roster. */
export const declarations = pgTable(
  'declarations',
  {
    employerId: uuid('employer_id').notNull(),
    declarationId: uuid('declaration_id').notNull(),
    period: text('period').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
    importId: uuid('import_id'),
    supersedes: uuid('supersedes'),
    headcount: integer('headcount').notNull(),
    /** Keyed digest of the canonical roster: equal content, equal digest. */
    digest: bytea('digest').notNull(),
    roster: bytea('roster').notNull(),
  },
  (t) => [
    primaryKey({ name: 'declarations_pk', columns: [t.employerId, t.declarationId] }),
    uniqueIndex('declarations_supersedes')
      .on(t.employerId, t.supersedes)
      .where(sql`${t.supersedes} is not null`),
    index('declarations_period').on(t.employerId, t.period),
    index('declarations_id').on(t.declarationId),
    check('declarations_headcount', sql`${t.headcount} >= 0`),
    check('declarations_period_form', sql`${t.period} ~ '^[0-9]{4}-[0-9]{2}$'`),
  ],
);

/** What a declaration costs under one ruleset: derived, and computed anew for each ruleset. */
export const assessments = pgTable(
  'assessments',
  {
    employerId: uuid('employer_id').notNull(),
    declarationId: uuid('declaration_id').notNull(),
    rulesetVersion: text('ruleset_version').notNull(),
    amounts: json('amounts').$type<Assessment[]>().notNull(),
    coverage: json('coverage').$type<Coverage[]>().notNull(),
  },
  (t) => [primaryKey({ name: 'assessments_pk', columns: [t.employerId, t.declarationId, t.rulesetVersion] })],
);

/** Facts: money received. */
export const payments = pgTable(
  'payments',
  {
    employerId: uuid('employer_id').notNull(),
    paymentId: uuid('payment_id').notNull(),
    reference: text('reference').notNull(),
    amount: rupiah('amount').notNull(),
    paidOn: date('paid_on', { mode: 'string' }).notNull(),
    period: text('period'),
    channel: text('channel'),
    penalty: boolean('penalty').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
    importId: uuid('import_id'),
  },
  (t) => [
    primaryKey({ name: 'payments_pk', columns: [t.employerId, t.paymentId] }),
    index('payments_id').on(t.paymentId),
    check('payments_amount', sql`${t.amount} between 1 and 1000000000000000`),
    check('payments_period_form', sql`${t.period} ~ '^[0-9]{4}-[0-9]{2}$'`),
  ],
);

/** Which payment a reference names; its key is what makes references unique across employers. */
export const paymentReferences = pgTable('payment_references', {
  reference: text('reference').primaryKey(),
  employerId: uuid('employer_id').notNull(),
  paymentId: uuid('payment_id').notNull(),
});

/** Facts: payments that the bank took back. */
export const paymentReversals = pgTable(
  'payment_reversals',
  {
    employerId: uuid('employer_id').notNull(),
    paymentId: uuid('payment_id').notNull(),
    reversalId: uuid('reversal_id').notNull(),
    reference: text('reference').notNull(),
    reason: text('reason').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'payment_reversals_pk', columns: [t.employerId, t.paymentId] }),
    foreignKey({
      name: 'payment_reversals_payment',
      columns: [t.employerId, t.paymentId],
      foreignColumns: [payments.employerId, payments.paymentId],
    }),
  ],
);
