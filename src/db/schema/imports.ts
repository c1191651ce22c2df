import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from '../drizzle.ts';
import { bytea, instant, type RecordedBy } from './columns.ts';

export const imports = pgTable(
  'imports',
  {
    importId: uuid('import_id').primaryKey(),
    kind: text('kind').notNull(),
    state: text('state').notNull(),
    agencyCode: text('agency_code').notNull(),
    recordedBy: jsonb('recorded_by').$type<RecordedBy>().notNull(),
    bytesRead: bigint('bytes_read', { mode: 'number' }).notNull(),
    linesRead: integer('lines_read').notNull(),
    linesAccepted: integer('lines_accepted').notNull(),
    linesRejected: integer('lines_rejected').notNull(),
    groupsAccepted: integer('groups_accepted').notNull(),
    groupsRejected: integer('groups_rejected').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    error: jsonb('error').$type<{ code: string; detail: string }>(),
  },
  (t) => [index('imports_agency').on(t.agencyCode, t.importId)],
);

export const importRejections = pgTable(
  'import_rejections',
  {
    importId: uuid('import_id').notNull(),
    sequence: integer('sequence').notNull(),
    line: integer('line').notNull(),
    column: text('column_name'),
    value: text('value'),
    code: text('code').notNull(),
  },
  (t) => [primaryKey({ name: 'import_rejections_pk', columns: [t.importId, t.line, t.sequence] })],
);

/** Lines of a running roster import that memory should not hold: sealed, by group; emptied when the import ends. */
export const rosterRuns = pgTable(
  'roster_runs',
  {
    importId: uuid('import_id').notNull(),
    npp: text('npp').notNull(),
    period: text('period').notNull(),
    run: integer('run').notNull(),
    lines: bytea('lines').notNull(),
  },
  (t) => [primaryKey({ name: 'roster_runs_pk', columns: [t.importId, t.npp, t.period, t.run] })],
);
