import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { EVIDENCE_RECORDERS } from '#src/domain/evidence.ts';
import { type Actor, AGENCY_KINDS, type AgencyKind, PUBLIC_BODIES, type Scope } from '#src/http/actor.ts';
import { IdField, IdOut, InstantOut } from '#src/http/fields.ts';
import { type Language, Problem } from '#src/http/problem.ts';
import { failAbandonedImports, IMPORT_MESSAGES, type ImportCode } from '#src/imports/index.ts';

const KINDS = ['employers', 'rosters', 'payments', 'evidence'] as const;
const STATES = ['running', 'succeeded', 'failed', 'cancelled'] as const;

export const ImportKind = z.enum(KINDS).meta({ description: 'What the file holds' });
export type ImportKind = z.infer<typeof ImportKind>;

/** What sending a file of each kind takes. */
export const SCOPE_OF: Record<ImportKind, Scope> = {
  employers: 'registry:write',
  rosters: 'declarations:write',
  payments: 'payments:write',
  evidence: 'evidence:write',
};

/** Who may send a file of each kind. */
export const SENDERS_OF: Record<ImportKind, readonly AgencyKind[]> = {
  employers: PUBLIC_BODIES,
  rosters: AGENCY_KINDS,
  payments: PUBLIC_BODIES,
  evidence: EVIDENCE_RECORDERS,
};

/** Who may look at imports: whoever could have sent one. */
export const IMPORT_SCOPES = Object.values(SCOPE_OF);

export const ImportParams = z.strictObject({ id: IdField });

const Count = z.int().min(0);

export const Import = z
  .object({
    id: IdOut,
    kind: ImportKind,
    state: z.enum(STATES).meta({
      description: '`succeeded` also where lines were rejected; what was accepted before another end stays',
    }),
    bytesRead: Count,
    linesRead: Count.meta({ description: 'Without header and blank lines' }),
    linesAccepted: Count,
    linesRejected: Count.meta({ description: 'All lines of rejected groups' }),
    groupsAccepted: Count,
    groupsRejected: Count,
    startedAt: InstantOut,
    finishedAt: InstantOut.optional(),
    error: z.object({ code: z.string().max(100), detail: z.string().max(500) }).optional(),
  })
  .meta({ id: 'Import' });

export type ImportView = z.input<typeof Import>;

export type ImportRow = {
  import_id: string;
  kind: ImportKind;
  state: (typeof STATES)[number];
  bytes_read: number;
  lines_read: number;
  lines_accepted: number;
  lines_rejected: number;
  groups_accepted: number;
  groups_rejected: number;
  started_at: Date;
  finished_at: Date | null;
  error: { code: ImportCode; detail: string } | null;
};

export const IMPORT_COLUMNS = `i.import_id, i.kind, i.state, i.bytes_read, i.lines_read, i.lines_accepted, i.lines_rejected,
  i.groups_accepted, i.groups_rejected, i.started_at, i.finished_at, i.error`;

export function importView(row: ImportRow, language: Language): ImportView {
  return {
    id: row.import_id,
    kind: row.kind,
    state: row.state,
    bytesRead: row.bytes_read,
    linesRead: row.lines_read,
    linesAccepted: row.lines_accepted,
    linesRejected: row.lines_rejected,
    groupsAccepted: row.groups_accepted,
    groupsRejected: row.groups_rejected,
    startedAt: row.started_at.toISOString(),
    ...(row.finished_at && { finishedAt: row.finished_at.toISOString() }),
    ...(row.error && { error: errorView(row.error, language) }),
  };
}

function errorView({ code, detail }: { code: ImportCode; detail: string }, language: Language) {
  const message = IMPORT_MESSAGES[code][language];
  return { code, detail: detail === '' ? message : `${message}: ${detail}` };
}

/**
 * SQL text that restricts imports `i` to those of the caller's agency; of employers that share one, each has its own.
 */
export function ownImports(actor: Actor, bind: (value: unknown) => string): string {
  return `i.agency_code = ${bind(actor.agency)}
          and i.recorded_by->>'employer' is not distinct from ${bind(actor.employerId ?? null)}::text`;
}

/** An import of the caller as it stands; throws 404 for any other. */
export async function readImport(deps: Deps, actor: Actor, importId: string): Promise<ImportRow> {
  const values: unknown[] = [importId];
  const own = ownImports(actor, (value) => `$${values.push(value)}`);
  const sql = `select ${IMPORT_COLUMNS} from imports i where i.import_id = $1 and ${own}`;
  const read = () => deps.database.pool.query<ImportRow>(sql, values);
  const first = (await read()).rows[0];
  if (!first) throw new Problem('not_found');
  const abandoned = first.state === 'running' && (await failAbandonedImports(deps, importId)) > 0;
  return abandoned ? (await read()).rows[0]! : first;
}
