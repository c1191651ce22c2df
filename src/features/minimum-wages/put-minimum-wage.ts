import { stateMinimumWage } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy, requireRegion } from '#src/http/actor.ts';
import { fairTransaction } from '#src/http/fair-transaction.ts';
import type { UseCase } from '#src/http/routes.ts';
import {
  MinimumWage,
  MinimumWageParams,
  MinimumWageStatement,
  minimumWageView,
  requireKnownRegion,
} from './minimum-wage.ts';

export const putMinimumWage: UseCase = (app, deps) => {
  app.put(
    '/v1/minimum-wages/:regionCode/:year',
    {
      preValidation: async ({ params }) => requireKnownRegion(deps, params),
      config: {
        access: {
          anyOf: ['evidence:write', 'admin'],
          kinds: ['labour_office', 'social_security_branch', 'regional_government', 'operator'],
        },
        problems: ['not_found', 'outside_jurisdiction', 'kind_not_allowed'],
      },
      schema: {
        operationId: 'putMinimumWage',
        tags: ['minimum wages'],
        summary:
          'State the minimum wage of a region and year; a later statement supersedes, the same changes nothing',
        params: MinimumWageParams,
        body: MinimumWageStatement,
        response: { 200: MinimumWage, 201: MinimumWage },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { regionCode, year } = request.params;
      requireRegion(actor, regionCode);
      const { wage, outcome } = await fairTransaction(deps.database, request, (tx) =>
        stateMinimumWage(deps, tx, recordedBy(actor), { regionCode, year, ...request.body }),
      );
      return reply.status(outcome === 'created' ? 201 : 200).send(minimumWageView(wage));
    },
  );
};
