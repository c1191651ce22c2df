import type { Pool } from 'pg';
import { actorOf } from '#src/http/access.ts';
import { type Actor, sees } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { lookUpEmployer, SELECT_PLACEMENTS, visiblePlacements } from '#src/registry/index.ts';
import { PlacementPage, PlacementQuery, sendPlacements } from './send-placements.ts';

export const listVendorPlacements: UseCase = (app, deps) => {
  app.get(
    '/v1/vendors/:employer/placements',
    {
      config: {
        access: { anyOf: ['registry:read', 'compliance:read'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listVendorPlacements',
        tags: ['placements'],
        summary: "List a vendor's placements that the caller may see",
        params: EmployerParams,
        querystring: PlacementQuery,
        response: { 200: PlacementPage },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const vendorId = await findVendor(deps.database.pool, actor, request.params.employer);
      return sendPlacements(deps, request, reply, request.query, (bind) => [
        `p.employer_id = ${bind(vendorId)}`,
      ]);
    },
  );
};

/** A vendor that the caller sees, or of which it sees a placement; throws 404 for any other. */
async function findVendor(pool: Pool, actor: Actor, reference: string): Promise<string> {
  const vendor = await lookUpEmployer(pool, reference);
  if (vendor) {
    const { employerId, attributes } = vendor;
    if (sees(actor, { employerId, regionCode: attributes.regionCode })) return employerId;
    const values: unknown[] = [employerId];
    const visible = visiblePlacements(actor, (value) => `$${values.push(value)}`);
    const seen = await pool.query(
      `${SELECT_PLACEMENTS} where p.employer_id = $1 and ${visible} limit 1`,
      values,
    );
    if (seen.rowCount) return employerId;
  }
  throw new Problem('not_found', {
    detail: { id: 'Pemberi kerja tidak ditemukan.', en: 'No such employer.' },
  });
}
