import { isDeepStrictEqual } from 'node:util';
import { standingOfPlacement } from '#src/domain/placements/statements.ts';
import { contractKey } from '#src/domain/placements/terms.ts';
import { lockEmployers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { recordedBy } from '#src/http/actor.ts';
import { fairTransaction } from '#src/http/fair-transaction.ts';
import { mergePatch } from '#src/http/merge-patch.ts';
import { requireMatch } from '#src/http/preconditions.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findContract, findEmployer, findPlacement, sideOf } from '#src/registry/index.ts';
import { isDeclarer, PARTY_KINDS } from './parties.ts';
import { Placement, PlacementCreate, PlacementParams, PlacementPatch } from './placement.ts';
import { recordStatement } from './record-statement.ts';
import { soundTerms, statedForm } from './sound-terms.ts';
import { placementTag, placementView } from './views.ts';

export const changePlacement: UseCase = (app, deps) => {
  app.patch(
    '/v1/placements/:id',
    {
      config: {
        access: { anyOf: ['registry:write'], kinds: PARTY_KINDS },
        problems: [
          'not_found',
          'placement_of_other_party',
          'contract_declared',
          'precondition_failed',
          'precondition_required',
        ],
      },
      schema: {
        operationId: 'changePlacement',
        tags: ['placements'],
        summary: 'Change the terms by JSON Merge Patch, as who declared them; others confirm them anew',
        params: PlacementParams,
        body: PlacementPatch,
        response: { 200: Placement },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      const changed = await fairTransaction(deps.database, request, async (tx) => {
        const { vendor } = await findPlacement(tx.client, actor, id);
        const lockedAt = await lockEmployers(deps, tx, [vendor.id]);
        const before = await findPlacement(tx.client, actor, id);
        if (!isDeclarer(before, actor)) throw new Problem('placement_of_other_party');
        requireMatch(request.headers['if-match'], placementTag(before));
        const side = sideOf(actor, vendor.id);
        const { terms: old } = standingOfPlacement(before.statements);
        const merged = mergePatch(PlacementCreate, statedForm(old), request.body, languageOf(request));
        const terms = await soundTerms(tx.client, merged, {
          vendor: await findEmployer(tx.client, actor, vendor.id, { everywhere: true }),
          self:
            side === 'principal' ? await findEmployer(tx.client, actor, actor.employerId ?? '') : undefined,
        });
        if (isDeepStrictEqual(terms, old)) return before;
        const other = await findContract(tx.client, vendor.id, contractKey(terms.contractNumber));
        if (other && other.id !== id) throw new Problem('contract_declared');
        const said = { kind: 'change', side, terms } as const;
        await recordStatement(
          tx,
          recordedBy(actor),
          { vendorId: vendor.id, placementId: id, before },
          said,
          lockedAt,
        );
        return findPlacement(tx.client, actor, id);
      });
      reply.header('etag', placementTag(changed));
      return placementView(changed, actor);
    },
  );
};
