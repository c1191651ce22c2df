import type { FastifyRequest } from 'fastify';
import type { CrossCheckName } from '#src/domain/cross-checks/cross-check.ts';
import { numberWorkers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordReadings } from '#src/http/reading-persons.ts';
import type { CrossCheckItem } from './cross-check.ts';
import type { Question } from './question.ts';

/**
 * The items of a page with the ids of their workers, for callers who may read workers: it is recorded as a reading of
 * each. Persons are read page by page; there is no export of them.
 */
export async function withWorkerIds(
  { deps }: Question,
  request: FastifyRequest,
  { check, purpose }: { check: CrossCheckName; purpose: string | undefined },
  items: CrossCheckItem[],
): Promise<CrossCheckItem[]> {
  if (!actorOf(request).scopes.has('workers:read')) return items;
  const wanted = items.flatMap(({ employer: { employerId }, niks }) =>
    niks.map((nik) => ({ employerId, index: deps.keyRing.blindIndex(nik) })),
  );
  if (wanted.length === 0) return items;
  await numberWorkers(deps, [...new Set(wanted.map(({ employerId }) => employerId))]);
  const found = await deps.database.reader.query<{ employer_id: string; worker_id: string }>(
    `select w.employer_id, w.worker_id
     from unnest($1::uuid[], $2::bytea[]) as n (employer_id, nik_index)
     join workers w on w.employer_id = n.employer_id and w.nik_index = n.nik_index
     order by w.worker_id`,
    [wanted.map(({ employerId }) => employerId), wanted.map(({ index }) => index)],
  );
  const idsOf = Map.groupBy(found.rows, (row) => row.employer_id);
  const read = [...idsOf].map(([employerId, rows]) => ({
    employerId,
    purpose: purpose ?? check,
    fields: ['id'],
    workerIds: rows.map((row) => row.worker_id),
  }));
  await recordReadings(deps, request, read);
  const workerIds = new Map(read.map((each) => [each.employerId, each.workerIds]));
  return items.map((item) => {
    const ids = workerIds.get(item.employer.employerId);
    return ids ? { ...item, workerIds: ids } : item;
  });
}
