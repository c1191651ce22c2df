import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { Period } from '#src/domain/civil.ts';
import { maskNik } from '#src/domain/nik.ts';
import { EMPLOYMENT_TYPES } from '#src/domain/rules/obligations.ts';
import { numberWorkers, openRoster, pauses, turns } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, page, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { DayOut, IdOut, PeriodOut } from '#src/http/fields.ts';
import { negotiate } from '#src/http/negotiate.ts';
import { identifies, PurposeField, recordReading } from '#src/http/reading-persons.ts';
import type { UseCase } from '#src/http/routes.ts';
import type { RosterLine } from '#src/personal-data/index.ts';
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

/** Employers with more lines than that in their rosters are opened one at a time: each is a second of work, or several. */
const MANY_LINES = 5_000;
const inTurn = turns(1);

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
      const after = cursor ? String(decodeCursor(cursor, ['uuid'])[0]) : '';
      const all = await readWorkers(deps, employerId);
      const rest = all.filter(({ workerId }) => workerId > after).slice(0, limit + 1);
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

type DeclaredWorker = { workerId: string; line: RosterLine; firstPeriod: Period; lastPeriod: Period };

type Roster = { period: Period; roster: Buffer; declaration_id: string; headcount: number };

/** Every person in the declarations in force, as last declared, in order of their ids. */
async function readWorkers(deps: Deps, employerId: string): Promise<DeclaredWorker[]> {
  const { rows } = await deps.database.reader.query<Roster>(
    `select distinct on (period) period, roster, declaration_id, headcount from declarations
     where employer_id = $1 order by period, recorded_at desc, declaration_id desc`,
    [employerId],
  );
  await numberWorkers(deps, [employerId]);
  const lines = rows.reduce((sum, { headcount }) => sum + headcount, 0);
  const open = () => openWorkers(deps, employerId, rows);
  return lines > MANY_LINES ? inTurn(open) : open();
}

async function openWorkers(
  deps: Deps,
  employerId: string,
  rosters: readonly Roster[],
): Promise<DeclaredWorker[]> {
  const ids = await deps.database.reader.query<{ worker_id: string; nik_index: Buffer }>(
    'select worker_id, nik_index from workers where employer_id = $1',
    [employerId],
  );
  // Years of large rosters are much to open: others have their turn in between.
  const pause = pauses();
  const idOf = new Map<string, string>();
  for (const row of ids.rows) {
    await pause();
    idOf.set(row.nik_index.toString('hex'), row.worker_id);
  }
  const workers = new Map<string, DeclaredWorker>();
  for (const { period, roster, declaration_id: declarationId } of rosters) {
    for (const line of openRoster(deps.keyRing, { employerId, declarationId }, roster)) {
      await pause();
      const known = workers.get(line.nik);
      const workerId = known?.workerId ?? idOf.get(deps.keyRing.blindIndex(line.nik).toString('hex'))!;
      workers.set(line.nik, {
        workerId,
        line,
        firstPeriod: known?.firstPeriod ?? period,
        lastPeriod: period,
      });
    }
  }
  return [...workers.values()].sort((a, b) => (a.workerId < b.workerId ? -1 : 1));
}
