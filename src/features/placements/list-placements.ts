import { RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { refuseForEmployers, underRegions } from '#src/http/actor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { lookUpEmployer } from '#src/registry/index.ts';
import { PlacementPage, PlacementQuery, sendPlacements } from './send-placements.ts';

const Query = PlacementQuery.extend({
  region: RegionCode.optional().meta({ description: 'Of the vendor; for agencies only' }),
  vendor: EmployerField.optional(),
  principal: EmployerField.optional(),
});

export const listPlacements: UseCase = (app, deps) => {
  app.get(
    '/v1/placements',
    {
      config: { access: { anyOf: ['registry:read', 'compliance:read'] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listPlacements',
        tags: ['placements'],
        summary: 'List the placements that the caller may see',
        querystring: Query,
        response: { 200: PlacementPage },
      },
    },
    async (request, reply) => {
      const { region, vendor, principal, ...query } = request.query;
      refuseForEmployers(actorOf(request), { region });
      // Whoever names somebody unknown, or somebody it does not see, finds no placement of them: both alike.
      const { pool } = deps.database;
      const ofVendor = vendor === undefined ? undefined : await lookUpEmployer(pool, vendor);
      const ofPrincipal = principal === undefined ? undefined : await lookUpEmployer(pool, principal);
      return sendPlacements(deps, request, reply, query, (bind) => [
        ...(region ? [underRegions([region], 'e', bind)] : []),
        ...(vendor ? [`p.employer_id = ${bind(ofVendor?.employerId ?? null)}`] : []),
        ...(principal ? [`p.principal_id = ${bind(ofPrincipal?.employerId ?? null)}`] : []),
      ]);
    },
  );
};
