import type { Pool, PoolClient } from 'pg';
import type { Deps } from '#src/deps.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import type { ImportKind } from './columns.ts';
import { ImportEnded, type ImportFailure } from './endings.ts';
import type { Rejection } from './lines.ts';

/** What an import has read so far. */
export type Progress = { bytesRead: number; linesRead: number };

/** A rejection in its place among those of an import. */
export type PlacedRejection = Rejection & { sequence: number; line: number };

type Counts = Record<'groupsAccepted' | 'groupsRejected' | 'linesAccepted' | 'linesRejected', number>;

export async function createImport(
  deps: Deps,
  actor: Actor,
  importId: string,
  kind: ImportKind,
): Promise<void> {
  await deps.database.pool.query(
    `insert into imports (import_id, kind, state, agency_code, recorded_by, bytes_read, lines_read, lines_accepted,
                          lines_rejected, groups_accepted, groups_rejected, started_at)
     values ($1, $2, 'running', $3, $4, 0, 0, 0, 0, 0, 0, $5)`,
    [importId, kind, actor.agency, recordedBy(actor), deps.clock()],
  );
}

/** Throws {@link ImportEnded} where the import runs no more. */
export async function writeProgress(deps: Deps, importId: string, progress: Progress): Promise<void> {
  const written = await deps.database.pool.query(
    `update imports set bytes_read = $2, lines_read = $3 where import_id = $1 and state = 'running'`,
    [importId, progress.bytesRead, progress.linesRead],
  );
  if (written.rowCount === 0) throw new ImportEnded();
}

/**
 * Counts a chunk in its own transaction. Whoever ends the import changes the same row: either the chunk comes first,
 * and stays, or this throws {@link ImportEnded} and the chunk goes.
 */
export async function countChunk(client: PoolClient, importId: string, counts: Counts): Promise<void> {
  const written = await client.query(
    `update imports set lines_accepted = lines_accepted + $2, lines_rejected = lines_rejected + $3,
                        groups_accepted = groups_accepted + $4, groups_rejected = groups_rejected + $5
     where import_id = $1 and state = 'running'`,
    [importId, counts.linesAccepted, counts.linesRejected, counts.groupsAccepted, counts.groupsRejected],
  );
  if (written.rowCount === 0) throw new ImportEnded();
}

export async function writeRejections(
  client: Pool | PoolClient,
  importId: string,
  rejections: readonly PlacedRejection[],
): Promise<void> {
  if (rejections.length === 0) return;
  await client.query(
    `insert into import_rejections (import_id, sequence, line, column_name, value, code)
     select $1, sequence, line, column_name, value, code
     from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[])
       as r (sequence, line, column_name, value, code)`,
    [
      importId,
      rejections.map(({ sequence }) => sequence),
      rejections.map(({ line }) => line),
      rejections.map(({ column }) => column ?? null),
      rejections.map(({ value }) => value ?? null),
      rejections.map(({ code }) => code),
    ],
  );
}

/** Ends an import that still runs, and empties what it kept aside. */
export async function endImport(deps: Deps, importId: string, failure?: ImportFailure): Promise<void> {
  await deps.database.pool.query(
    `update imports set state = $2, finished_at = $3, error = $4 where import_id = $1 and state = 'running'`,
    [
      importId,
      failure ? 'failed' : 'succeeded',
      deps.clock(),
      failure ? { code: failure.code, detail: failure.about } : null,
    ],
  );
}

export async function dropRuns(deps: Deps, importId: string): Promise<void> {
  await deps.database.writer.query('delete from roster_runs where import_id = $1', [importId]);
}
