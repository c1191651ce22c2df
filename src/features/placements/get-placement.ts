import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findPlacement } from '#src/registry/index.ts';
import { Placement, PlacementParams } from './placement.ts';
import { placementTag, placementView } from './views.ts';

export const getPlacement: UseCase = (app, deps) => {
  app.get(
    '/v1/placements/:id',
    {
      config: { access: { anyOf: ['registry:read', 'compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getPlacement',
        tags: ['placements'],
        summary: 'Read a placement with all that the sides have said of it',
        params: PlacementParams,
        response: { 200: Placement, 304: z.null().meta({ description: 'Not modified' }) },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const placement = await findPlacement(deps.database.pool, actor, request.params.id);
      const tag = placementTag(placement);
      reply.header('etag', tag);
      if (request.headers['if-none-match'] === tag) return reply.status(304).send(null);
      return placementView(placement, actor);
    },
  );
};
