import type { Facts } from '#src/domain/facts.ts';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  sql,
  text,
  uuid,
} from '../drizzle.ts';
import { instant, rupiah } from './columns.ts';

/**
 * One row per employer: the condensed facts that give every verdict from `computed_on` on. It is also the
 * employer's lock: whoever appends a fact holds it.
 */
export const summaries = pgTable(
  'summaries',
  {
    employerId: uuid('employer_id').primaryKey(),
    lastRecordedAt: instant('last_recorded_at').notNull(),
    computedOn: date('computed_on', { mode: 'string' }).notNull(),
    rulesetVersion: text('ruleset_version').notNull(),
    /** First day that the stretches below do not reach. */
    stretchedUntil: date('stretched_until', { mode: 'string' }).notNull(),
    facts: jsonb('facts').$type<Facts>().notNull(),
  },
  (t) => [index('summaries_stale').on(t.rulesetVersion, t.stretchedUntil)],
);

/** What lists show of an employer from one day to another, if no further fact comes. */
export const stretches = pgTable(
  'stretches',
  {
    employerId: uuid('employer_id').notNull(),
    fromOn: date('from_on', { mode: 'string' }).notNull(),
    untilOn: date('until_on', { mode: 'string' }).notNull(),
    status: text('status').notNull(),
    codes: text('codes').array().notNull(),
    months: integer('months').notNull(),
    contributions: rupiah('contributions').notNull(),
    lateCharge: rupiah('late_charge').notNull(),
    total: rupiah('total').notNull(),
    oldestPeriod: text('oldest_period'),
    since: date('since', { mode: 'string' }),
    flagged: boolean('flagged').notNull(),
    legalName: text('legal_name').notNull(),
    regionCode: text('region_code').notNull(),
    /** How grave the gravest reason is; 0: there is none. */
    gravity: smallint('gravity').notNull(),
    /** How soon an inspector should go; 0: there is nothing to look at. */
    priority: integer('priority').notNull(),
    vendor: boolean('vendor').notNull(),
    /** Since when the same months have been due: of these stretches one holds on a day, or few to choose from. */
    dueSince: date('due_since', { mode: 'string' }).notNull().default('-infinity'),
  },
  (t) => [
    primaryKey({ name: 'stretches_pk', columns: [t.employerId, t.fromOn] }),
    index('stretches_total').on(t.dueSince, t.total, t.employerId, t.status),
    index('stretches_months').on(t.dueSince, t.months, t.employerId, t.status),
    index('stretches_name').on(t.dueSince, t.legalName, t.employerId, t.status),
    index('stretches_province_total')
      .on(t.dueSince, sql`left(${t.regionCode}, 2)`, t.total, t.employerId, t.regionCode)
      .where(sql`${t.status} <> 'compliant'`),
    index('stretches_province_months')
      .on(t.dueSince, sql`left(${t.regionCode}, 2)`, t.months, t.employerId, t.regionCode)
      .where(sql`${t.status} <> 'compliant'`),
    index('stretches_province_name')
      .on(t.dueSince, sql`left(${t.regionCode}, 2)`, t.legalName, t.employerId, t.regionCode)
      .where(sql`${t.status} <> 'compliant'`),
    index('stretches_priority').on(t.priority, t.employerId).where(sql`${t.priority} > 0`),
    index('stretches_vendors').on(t.gravity, t.total, t.employerId).where(sql`${t.vendor}`),
  ],
);
