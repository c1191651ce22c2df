import { uuidv7 } from '#src/db/index.ts';
import { contractKey } from '#src/domain/placements/terms.ts';
import { lockEmployers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { once } from '#src/http/idempotency.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findContract, findEmployer, sideOf } from '#src/registry/index.ts';
import { PARTY_KINDS, standsAlready } from './parties.ts';
import { Placement, PlacementCreate } from './placement.ts';
import { recordStatement } from './record-statement.ts';
import { soundTerms } from './sound-terms.ts';
import { placementTag, placementView } from './views.ts';

/** Who may name any vendor of the nation: who has a contract with it need not see it otherwise. */
const NAMES_ANY_VENDOR: readonly Actor['kind'][] = ['employer', 'procurement_unit'];

export const declarePlacement: UseCase = (app, deps) => {
  app.post(
    '/v1/vendors/:employer/placements',
    {
      config: {
        access: { anyOf: ['registry:write'], kinds: PARTY_KINDS },
        problems: ['not_found', 'contract_declared', 'idempotency_key_reused', 'idempotency_in_flight'],
      },
      schema: {
        operationId: 'declarePlacement',
        tags: ['placements'],
        summary:
          'Declare a contract under which a vendor places workers: the vendor, its principal, a procurement unit or ' +
          'another agency; on a contract that another side has declared it confirms or disputes the terms',
        params: EmployerParams,
        body: PlacementCreate,
        response: { 200: Placement, 201: Placement },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      return once(deps, request, reply, async (tx) => {
        const everywhere = NAMES_ANY_VENDOR.includes(actor.kind);
        const vendor = await findEmployer(tx.client, actor, request.params.employer, { everywhere });
        const vendorId = vendor.employerId;
        const side = sideOf(actor, vendorId);
        const self =
          side === 'principal' ? await findEmployer(tx.client, actor, actor.employerId ?? '') : undefined;
        const terms = await soundTerms(tx.client, request.body, { vendor, self });
        const lockedAt = await lockEmployers(deps, tx, [vendorId]);
        const number = contractKey(terms.contractNumber);
        const before = await findContract(tx.client, vendorId, number);
        const stands = before !== undefined && standsAlready(before, actor, { terms, self });
        if (!stands) {
          const placementId = before?.id ?? uuidv7();
          const said = { kind: 'declaration', side, terms } as const;
          await recordStatement(tx, recordedBy(actor), { vendorId, placementId, before }, said, lockedAt);
        }
        const placement = (await findContract(tx.client, vendorId, number))!;
        return {
          status: stands ? 200 : 201,
          headers: { location: `/v1/placements/${placement.id}`, etag: placementTag(placement) },
          body: placementView(placement, actor),
        };
      });
    },
  );
};
