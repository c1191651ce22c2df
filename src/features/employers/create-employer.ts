import { uuidv7 } from '#src/db/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy, requireRegion } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { type Clash, recordEmployers, requireSoundEmployer } from '#src/registry/index.ts';
import { Employer, EmployerCreate } from './employer.ts';
import { employerTag, employerView } from './views.ts';

export const createEmployer: UseCase = (app, deps) => {
  app.post(
    '/v1/employers',
    {
      config: {
        access: { anyOf: ['registry:write'] },
        problems: ['outside_jurisdiction', 'identifier_taken'],
      },
      schema: {
        operationId: 'createEmployer',
        tags: ['registry'],
        summary: 'Record an employer',
        body: EmployerCreate,
        response: { 201: Employer },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const attributes = request.body;
      requireSoundEmployer(deps, attributes);
      requireRegion(actor, attributes.regionCode);
      return once(deps, request, reply, async (tx) => {
        const employerId = uuidv7();
        const record = { employerId, version: 1, attributes };
        refuseClashes(await recordEmployers(deps, tx, recordedBy(actor), [record]));
        return {
          status: 201,
          headers: { location: `/v1/employers/${employerId}`, etag: employerTag(record) },
          body: employerView(employerId, attributes),
        };
      });
    },
  );
};

/** Throws 409 that names each identifier that belongs to another employer. */
export function refuseClashes(clashes: readonly Clash[]): void {
  if (clashes.length === 0) return;
  throw new Problem('identifier_taken', {
    errors: clashes.map(({ scheme }) => ({
      pointer: `/${scheme}`,
      code: 'identifier_taken',
      detail: {
        id: `${scheme.toUpperCase()} milik pemberi kerja lain.`,
        en: `Another employer has this ${scheme.toUpperCase()}.`,
      },
    })),
  });
}
