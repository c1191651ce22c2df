import { dayOf } from '#src/domain/civil.ts';
import { recordDeclarations } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { cutShort, Declaration, DeclarationCreate, linesOf, unsoundIn } from './declaration.ts';
import { readDeclaration } from './read-declarations.ts';

/** A roster in one request: some tens of thousands of workers; larger ones come as an import. */
const BODY_LIMIT = 8 * 1_048_576;

export const declareRoster: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/:employer/declarations',
    {
      bodyLimit: BODY_LIMIT,
      preValidation: async ({ body }) => cutShort(body),
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
      const { period } = request.body;
      const errors = unsoundIn(request.body, dayOf(deps.clock()), deps.law.firstPeriod);
      if (errors.length > 0) throw new Problem('invalid_content', { errors });
      return once(deps, request, reply, async (tx) => {
        const { employerId } = await findEmployer(tx.client, actor, request.params.employer);
        const roster = { employerId, period, lines: linesOf(request.body) };
        const [recorded] = await recordDeclarations(deps, tx, recordedBy(actor), [roster]);
        const { declarationId, changed } = recorded!;
        const body = (await readDeclaration(deps, tx.client, employerId, declarationId))!;
        const location = `/v1/employers/${employerId}/declarations/${declarationId}`;
        return { status: changed ? 201 : 200, headers: { location }, body };
      });
    },
  );
};
