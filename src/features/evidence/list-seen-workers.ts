import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { EVIDENCE_RECORDERS, rosterFor } from '#src/domain/evidence.ts';
import { maskNik } from '#src/domain/nik.ts';
import type { SeenWorker } from '#src/domain/rules/roster-comparison.ts';
import { numberWorkers, openRoster, readInForce, readRosters, readSeenWorkers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, page, pageOf } from '#src/http/cursor.ts';
import { PeriodOut, RupiahOut } from '#src/http/fields.ts';
import { negotiate } from '#src/http/negotiate.ts';
import { identifies, PurposeField, recordReading } from '#src/http/reading-persons.ts';
import type { UseCase } from '#src/http/routes.ts';
import { EvidenceParams } from './evidence.ts';
import { findEvidence, type StoredEvidence } from './stored-evidence.ts';

const SeenWorkerItem = z
  .object({
    nikMasked: z.string().max(16).optional(),
    nik: z.string().max(16).optional().meta({ description: 'With workers:identify and a purpose' }),
    wage: RupiahOut.optional().meta({ description: 'As it was seen' }),
    declared: z.boolean().meta({ description: 'Whether the worker stands on the roster of `period`' }),
    declaredWage: RupiahOut.optional(),
    period: PeriodOut.optional().meta({
      description: 'Month of the roster that it is held against; absent where there is none',
    }),
  })
  .meta({ id: 'SeenWorker' });

const Query = z.strictObject({ ...PageQuery, purpose: PurposeField });

export const listSeenWorkers: UseCase = (app, deps) => {
  app.get(
    '/v1/evidence/:id/workers',
    {
      config: {
        // Not for the company: who complained about it need not fear to be named.
        access: { anyOf: ['workers:read', 'workers:identify'], kinds: [...EVIDENCE_RECORDERS, 'auditor'] },
        problems: ['not_found'],
      },
      schema: {
        operationId: 'listSeenWorkers',
        tags: ['evidence'],
        summary:
          'List the workers whom evidence saw by name, and how they are declared; every reading is recorded',
        params: EvidenceParams,
        querystring: Query,
        response: { 200: pageOf(SeenWorkerItem, 'SeenWorkerPage') },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      // Persons are read page by page, each reading recorded; there is no export of them.
      negotiate(request.headers.accept, ['application/json']);
      const { limit, cursor, purpose } = request.query;
      const identify = identifies(actor, purpose);
      const evidenceId = request.params.id;
      const stored = await findEvidence(deps.database.pool, actor, evidenceId);
      const { employerId } = stored;
      // A place in the list, since no NIK may stand in an address.
      const after = cursor ? Number(decodeCursor(cursor, ['integer'])[0]) : -1;
      const seen = (await readSeenWorkers(deps.keyRing, deps.database.reader, employerId, [evidenceId])).get(
        evidenceId,
      );
      const rest = (seen ?? [])
        .map((worker, place) => ({ worker, place }))
        .slice(after + 1, after + 2 + limit);
      const declared = await readDeclaredWages(deps, stored);
      await recordReading(deps, request, {
        employerId,
        evidenceId,
        purpose,
        fields: [identify ? 'nik' : 'nikMasked', 'wage', 'declaredWage'],
        workerIds: await knownIds(
          deps,
          employerId,
          rest.slice(0, limit).map(({ worker }) => worker),
        ),
      });
      return page(
        rest,
        limit,
        ({ place }) => [place],
        ({ worker: { nik, wage } }) => {
          const declaredWage = declared?.wages.get(nik);
          return {
            ...(identify ? { nik } : { nikMasked: maskNik(nik) }),
            ...(wage !== undefined && { wage }),
            declared: declaredWage !== undefined,
            ...(declaredWage !== undefined && { declaredWage }),
            ...(declared && { period: declared.period }),
          };
        },
      );
    },
  );
};

/** The wages on the roster that the evidence is held against, by NIK. */
async function readDeclaredWages(
  deps: Deps,
  { employerId, evidence }: StoredEvidence,
): Promise<{ period: string; wages: Map<string, number> } | undefined> {
  const roster = rosterFor(evidence, await readInForce(deps.database.reader, employerId));
  if (!roster) return undefined;
  const sealed = await readRosters(deps.database.reader, [roster]);
  const lines = openRoster(deps.keyRing, roster, sealed.get(roster.declarationId)!);
  return { period: roster.period, wages: new Map(lines.map(({ nik, wage }) => [nik, wage])) };
}

/** Ids of those among these workers whom the employer ever declared. */
async function knownIds(deps: Deps, employerId: string, workers: readonly SeenWorker[]): Promise<string[]> {
  await numberWorkers(deps, [employerId]);
  const found = await deps.database.reader.query<{ worker_id: string }>(
    'select worker_id from workers where employer_id = $1 and nik_index = any($2::bytea[])',
    [employerId, workers.map(({ nik }) => deps.keyRing.blindIndex(nik))],
  );
  return found.rows.map((row) => row.worker_id);
}
