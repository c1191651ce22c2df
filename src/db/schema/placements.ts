import type { PlacementTerms } from '#src/domain/placements/terms.ts';
import {
  boolean,
  check,
  date,
  foreignKey,
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
import { instant, type RecordedBy, rupiah } from './columns.ts';

/** The newest terms of each contract under which a vendor places workers; the facts are in `placement_statements`. */
export const placements = pgTable(
  'placements',
  {
    /** The vendor. */
    employerId: uuid('employer_id').notNull(),
    placementId: uuid('placement_id').notNull(),
    version: integer('version').notNull(),
    principalId: uuid('principal_id'),
    principalName: text('principal_name').notNull(),
    principalNpwp: text('principal_npwp'),
    contractNumber: text('contract_number').notNull(),
    /** The number as it is compared: a vendor has one contract under it. */
    contractKey: text('contract_key').notNull(),
    procurementReference: text('procurement_reference'),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }),
    workersContracted: integer('workers_contracted').notNull(),
    billedMonthlyWage: rupiah('billed_monthly_wage'),
    /** Who declared it: `vendor`, `principal`, `procurement_unit`, `agency`. */
    declaredBy: text('declared_by').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** `declared`, `confirmed`, `disputed`: how the other side stands to these terms. */
    state: text('state').notNull(),
    /** The terms on which the sides differ. */
    differing: text('differing').array().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'placements_pk', columns: [t.employerId, t.placementId] }),
    unique('placements_contract').on(t.employerId, t.contractKey),
    index('placements_id').on(t.placementId),
    index('placements_principal').on(t.principalId, t.employerId),
    check('placements_days', sql`${t.endsOn} >= ${t.startsOn}`),
    check('placements_workers', sql`${t.workersContracted} between 1 and 1000000`),
    check('placements_state', sql`${t.state} in ('declared', 'confirmed', 'disputed')`),
  ],
);

/** Facts: what each side said of a contract: its terms, or that the other side's are right or wrong. */
export const placementStatements = pgTable(
  'placement_statements',
  {
    employerId: uuid('employer_id').notNull(),
    placementId: uuid('placement_id').notNull(),
    statementId: uuid('statement_id').notNull(),
    kind: text('kind').notNull(),
    side: text('side').notNull(),
    agencyCode: text('agency_code').notNull(),
    /** Terms that the side states, confirms, or holds to be right; a bare denial states none. */
    terms: jsonb('terms').$type<PlacementTerms>(),
    confirmed: boolean('confirmed'),
    reason: text('reason'),
    recordedAt: instant('recorded_at').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
  },
  (t) => [
    primaryKey({ name: 'placement_statements_pk', columns: [t.employerId, t.placementId, t.statementId] }),
    foreignKey({
      name: 'placement_statements_placement',
      columns: [t.employerId, t.placementId],
      foreignColumns: [placements.employerId, placements.placementId],
    }),
    index('placement_statements_agency').on(t.agencyCode, t.placementId),
    check('placement_statements_kind', sql`${t.kind} in ('declaration', 'change', 'response')`),
  ],
);
