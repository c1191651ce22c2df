import { dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { Inspection, InspectionParams, inspectionView, SEEING } from './inspection.ts';
import { findInspection } from './stored-inspection.ts';

export const getInspection: UseCase = (app, deps) => {
  app.get(
    '/v1/inspections/:id',
    {
      config: {
        access: { anyOf: ['compliance:read', 'evidence:write', 'sanctions:write'], kinds: SEEING },
        problems: ['not_found'],
      },
      schema: {
        operationId: 'getInspection',
        tags: ['inspections'],
        summary: 'Read an inspection with its outcome',
        params: InspectionParams,
        response: { 200: Inspection },
      },
    },
    async (request) => {
      const found = await findInspection(deps.database.pool, actorOf(request), request.params.id);
      return inspectionView(found, dayOf(deps.clock()));
    },
  );
};
