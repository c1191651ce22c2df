import type { Deps } from '#src/deps.ts';

/** SQL text: the number of an import's advisory lock. Whoever runs the import holds it in a session of its own. */
export const lockNumber = (importId: string) => `hashtextextended(${importId}::text, 0)`;

/**
 * Fails imports that are said to run but that nobody runs any more, since their process is gone: all of them, or the
 * one given. Facts of the chunks that they had finished stay. Returns how many there were.
 */
export async function failAbandonedImports(deps: Deps, importId?: string): Promise<number> {
  const failed = await deps.database.pool.query(
    `with failed as (
       update imports set state = 'failed', finished_at = $2, error = '{"code": "interrupted", "detail": ""}'
       where state = 'running' and ($1::uuid is null or import_id = $1)
         and case when state = 'running' then pg_try_advisory_xact_lock(${lockNumber('import_id')}) end
       returning import_id),
     dropped as (delete from roster_runs r using failed f where r.import_id = f.import_id)
     select import_id from failed`,
    [importId ?? null, deps.clock()],
  );
  return failed.rowCount ?? 0;
}
