import { z } from 'zod';
import { maskNik } from '#src/domain/nik.ts';
import { EMPLOYMENT_TYPES } from '#src/domain/rules/obligations.ts';
import { readWorkers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, page, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { DayOut, IdOut, PeriodOut } from '#src/http/fields.ts';
import { negotiate } from '#src/http/negotiate.ts';
import { identifies, PurposeField, recordReading } from '#src/http/reading-persons.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';

const Worker = z
  .object({
    id: IdOut,
    nikMasked: z.string().max(16).optional(),
    nik: z.string().max(16).optional().meta({ description: 'With workers:identify and a purpose' }),
    name: z.string().max(200),
    birthDate: DayOut,
    sex: z.enum(['M', 'F']).optional(),
    citizenship: z.string().max(2),
    employmentType: z.enum(EMPLOYMENT_TYPES).optional(),
    firstPeriod: PeriodOut,
    lastPeriod: PeriodOut,
  })
  .meta({ id: 'Worker' });

const Query = z.strictObject({
  ...PageQuery,
  purpose: PurposeField,
});

const FIELDS = ['name', 'birthDate', 'sex', 'citizenship', 'employmentType'] as const;

export const listWorkers: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/workers',
    {
      config: { access: { anyOf: ['workers:read', 'workers:identify'] }, problems: ['not_found'] },
      schema: {
        operationId: 'listWorkers',
        tags: ['registry'],
        summary: 'List the workers that an employer declared; every reading is recorded',
        params: EmployerParams,
        querystring: Query,
        response: { 200: pageOf(Worker, 'WorkerPage') },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      // Persons are read page by page, each reading recorded; there is no export of them.
      negotiate(request.headers.accept, ['application/json']);
      const { limit, cursor, purpose } = request.query;
      const identify = identifies(actor, purpose);
      const { employerId } = await findEmployer(deps.database.pool, actor, request.params.employer);
      const after = cursor && String(decodeCursor(cursor, ['uuid'])[0]);
      const rest = await readWorkers(deps, employerId, { after, most: limit + 1 });
      await recordReading(deps, request, {
        employerId,
        purpose,
        fields: [identify ? 'nik' : 'nikMasked', ...FIELDS],
        workerIds: rest.slice(0, limit).map(({ workerId }) => workerId),
      });
      return page(
        rest,
        limit,
        ({ workerId }) => [workerId],
        ({ workerId, line, firstPeriod, lastPeriod }) => ({
          id: workerId,
          ...(identify ? { nik: line.nik } : { nikMasked: maskNik(line.nik) }),
          name: line.name,
          birthDate: line.birthDate,
          ...(line.sex && { sex: line.sex }),
          citizenship: line.citizenship,
          ...(line.employmentType && { employmentType: line.employmentType }),
          firstPeriod,
          lastPeriod,
        }),
      );
    },
  );
};
