import { dayOf, periodOf } from '#src/domain/civil.ts';
import { maskOf } from '#src/domain/programme-mask.ts';
import { recordDeclarations } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { once } from '#src/http/idempotency.ts';
import { type Fault, Problem, type Sentence } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Declaration, DeclarationCreate } from './declaration.ts';
import { readDeclaration } from './read-declarations.ts';

/** A roster in one request: some tens of thousands of workers; larger ones come as an import. */
const BODY_LIMIT = 8 * 1_048_576;
const FAULTS_SHOWN = 100;

export const declareRoster: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/:employer/declarations',
    {
      bodyLimit: BODY_LIMIT,
      config: {
        access: { anyOf: ['declarations:write'] },
        problems: ['not_found', 'parameter_not_published'],
      },
      schema: {
        operationId: 'declareRoster',
        tags: ['contributions'],
        summary: 'Declare the workers and wages of a month; the same roster again is no new declaration',
        params: EmployerParams,
        body: DeclarationCreate,
        response: { 200: Declaration, 201: Declaration },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { period, workers } = request.body;
      refuseUnsound(request.body, dayOf(deps.clock()), deps.law.firstPeriod);
      const lines = workers.map(({ programmes, ...worker }) => ({
        ...worker,
        programmes: maskOf(programmes),
      }));
      return once(deps, request, reply, async (tx) => {
        const { employerId } = await findEmployer(tx.client, actor, request.params.employer);
        const roster = { employerId, period, lines };
        const [recorded] = await recordDeclarations(deps, tx, recordedBy(actor), [roster]);
        const { declarationId, changed } = recorded!;
        const body = (await readDeclaration(deps, tx.client, employerId, declarationId))!;
        const location = `/v1/employers/${employerId}/declarations/${declarationId}`;
        return { status: changed ? 201 : 200, headers: { location }, body };
      });
    },
  );
};

/** What only shows across workers, or against the calendar. */
function refuseUnsound(
  { period, workers }: { period: string; workers: readonly { nik: string; birthDate: string }[] },
  today: string,
  firstPeriod: string,
): void {
  const faults: Fault[] = [];
  const fault = (pointer: string, code: string, detail: Sentence) => faults.push({ pointer, code, detail });
  if (period > periodOf(today))
    fault('/period', 'in_future', { id: 'Bulan di masa depan.', en: 'A month in the future.' });
  if (period < firstPeriod) {
    fault('/period', 'before_programmes', {
      id: `Tidak sebelum ${firstPeriod}.`,
      en: `Not before ${firstPeriod}.`,
    });
  }
  const seen = new Map<string, number>();
  for (const [index, { nik, birthDate }] of workers.entries()) {
    const first = seen.get(nik);
    if (first !== undefined) {
      fault(`/workers/${index}/nik`, 'duplicate_nik', {
        id: `Juga pekerja ${first}.`,
        en: `Also worker ${first}.`,
      });
    }
    seen.set(nik, index);
    if (birthDate >= today) {
      fault(`/workers/${index}/birthDate`, 'in_future', {
        id: 'Bukan tanggal lampau.',
        en: 'Not in the past.',
      });
    }
  }
  if (faults.length > 0) throw new Problem('invalid_content', { errors: faults.slice(0, FAULTS_SHOWN) });
}
