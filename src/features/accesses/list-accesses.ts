import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import { requireScope } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { sendBatches } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Access, type AccessRow, accessView, SELECT_ACCESSES } from './access.ts';
import { INVESTIGATING } from './access-delay.ts';

/** After every id. */
const LAST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export const listAccesses: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/accesses',
    {
      config: {
        access: {
          anyOf: ['audit:read', 'compliance:read'],
          kinds: ['employer', 'auditor', 'operator', ...INVESTIGATING],
        },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listAccesses',
        tags: ['accesses'],
        summary: 'List who asked about an employer and read data of its workers, newest first',
        description:
          'The employer itself sees who asked, why, and what was answered, though not which person. Other agencies ' +
          'need audit:read.',
        params: EmployerParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(Access, 'AccessPage') },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const isEmployer = actor.kind === 'employer';
      if (!isEmployer) requireScope(actor, 'audit:read');
      const { employerId } = await findEmployer(deps.database.pool, actor, request.params.employer);
      const { limit, cursor } = request.query;
      const { law } = await deps.rulesets.now();
      const today = dayOf(deps.clock());
      const size = limit + 1;
      let before = cursor ? decodeCursor(cursor, ['uuid'])[0] : LAST;

      /** When an access shows is computed, hence picked after reading: batch by batch, until there is enough or no more. */
      async function* batches(): AsyncGenerator<z.input<typeof Access>[]> {
        for (;;) {
          const { rows } = await deps.database.reader.query<AccessRow>(SELECT_ACCESSES, [
            employerId,
            before,
            size,
          ]);
          yield rows
            .map((row) => accessView(row, actor, law, today))
            .filter(({ from }) => !isEmployer || from <= today)
            .map(({ access }) => access);
          if (rows.length < size) return;
          before = rows.at(-1)!.id;
        }
      }

      return sendBatches(request, reply, {
        batches: batches(),
        limit,
        key: ({ id }) => [id],
        view: (access) => access,
        csv: CSV,
      });
    },
  );
};

const CSV = [
  'id',
  'kind',
  'at',
  'agency.code',
  'agency.name',
  'agency.kind',
  'own',
  'by',
  'onBehalfOf',
  'purpose',
  'reference',
  'action',
  'status',
  'fields',
  'workers',
  'delayed.until',
  'delayed.caseReference',
] as const;
