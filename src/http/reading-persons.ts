import type { FastifyRequest } from 'fastify';
import { uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { actorOf } from './access.ts';
import { type Actor, requireScope } from './actor.ts';
import { text } from './fields.ts';
import { Problem } from './problem.ts';

/** Why persons are read, in the query of every list of them. */
export const PurposeField = text(200)
  .optional()
  .meta({ description: 'Why the data are read; with it and workers:identify NIKs show' });

/**
 * Whether NIKs show in full: to who may identify workers and says why. Throws 422 where the purpose is missing and
 * masked reading is not allowed either, which needs its own scope.
 */
export function identifies(actor: Actor, purpose: string | undefined): boolean {
  if (purpose !== undefined && actor.scopes.has('workers:identify')) return true;
  if (actor.scopes.has('workers:read')) return false;
  requireScope(actor, 'workers:identify');
  throw new Problem('invalid_content', {
    errors: [
      {
        pointer: '/purpose',
        code: 'required',
        detail: { id: 'Tujuan wajib disebutkan.', en: 'A purpose is needed.' },
      },
    ],
  });
}

/** What was read of one employer's workers. */
export type Reading = {
  employerId: string;
  purpose: string | undefined;
  fields: readonly string[];
  workerIds: readonly string[];
  /** Of workers whom evidence saw: they need not be anybody's declared ones. */
  evidenceId?: string;
};

/** Records who read what of whom, and why: before it is answered. */
export function recordReading(deps: Deps, request: FastifyRequest, read: Reading): Promise<void> {
  return recordReadings(deps, request, [read]);
}

/** The same of several employers. */
export async function recordReadings(
  deps: Deps,
  request: FastifyRequest,
  reads: readonly Reading[],
): Promise<void> {
  const { client, agency, sub, employerId: reader } = actorOf(request);
  await deps.database.pool.query(
    `insert into personal_data_reads (employer_id, read_id, purpose, fields, worker_ids, evidence_id, read_at, client,
                                      agency, sub, request_id, reader_employer_id)
     select r.*, $2, $3, $4, $5, $6, $7::uuid
     from json_to_recordset($1) as r (employer_id uuid, read_id uuid, purpose text, fields text[], worker_ids uuid[],
                                      evidence_id uuid)`,
    [
      JSON.stringify(
        reads.map((read) => ({
          employer_id: read.employerId,
          read_id: uuidv7(),
          purpose: read.purpose,
          fields: read.fields,
          worker_ids: read.workerIds,
          evidence_id: read.evidenceId,
        })),
      ),
      deps.clock(),
      client,
      agency,
      sub,
      request.id,
      reader ?? null,
    ],
  );
}
