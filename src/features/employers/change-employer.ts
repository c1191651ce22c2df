import { actorOf } from '#src/http/access.ts';
import { PUBLIC_BODIES, recordedBy, requireKind, requireRegion } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { fairTransaction } from '#src/http/fair-transaction.ts';
import { mergePatch } from '#src/http/merge-patch.ts';
import { requireMatch } from '#src/http/preconditions.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer, recordEmployers, requireSoundEmployer, sameAttributes } from '#src/registry/index.ts';
import { refuseClashes } from './create-employer.ts';
import { Employer, EmployerCreate, EmployerPatch } from './employer.ts';
import { employerTag, employerView } from './views.ts';

export const changeEmployer: UseCase = (app, deps) => {
  app.patch(
    '/v1/employers/:employer',
    {
      config: {
        access: { anyOf: ['registry:write'] },
        problems: [
          'not_found',
          'outside_jurisdiction',
          'kind_not_allowed',
          'identifier_taken',
          'precondition_failed',
          'precondition_required',
        ],
      },
      schema: {
        operationId: 'changeEmployer',
        tags: ['registry'],
        summary: 'Change an employer by JSON Merge Patch',
        params: EmployerParams,
        body: EmployerPatch,
        response: { 200: Employer },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const changed = await fairTransaction(deps.database, request, async (tx) => {
        const found = await findEmployer(tx.client, actor, request.params.employer, { lock: true });
        requireKind(actor, PUBLIC_BODIES);
        requireMatch(request.headers['if-match'], employerTag(found));
        const attributes = mergePatch(EmployerCreate, found.attributes, request.body, languageOf(request));
        requireSoundEmployer(deps, attributes);
        if (sameAttributes(attributes, found.attributes)) return found;
        if (attributes.regionCode !== found.attributes.regionCode)
          requireRegion(actor, attributes.regionCode);
        const record = { employerId: found.employerId, version: found.version + 1, attributes };
        refuseClashes(await recordEmployers(deps, tx, recordedBy(actor), [record]));
        return record;
      });
      reply.header('etag', employerTag(changed));
      return employerView(changed.employerId, changed.attributes);
    },
  );
};
