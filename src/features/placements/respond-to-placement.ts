import type { ClientBase } from 'pg';
import type { z } from 'zod';
import { standingOfPlacement } from '#src/domain/placements/statements.ts';
import { differingTerms, type PlacementTerms } from '#src/domain/placements/terms.ts';
import { lockEmployers } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { once } from '#src/http/idempotency.ts';
import { mergePatch } from '#src/http/merge-patch.ts';
import { type Language, languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer, findPlacement, type StoredPlacement, sideOf } from '#src/registry/index.ts';
import { isDeclaringSide, PARTY_KINDS } from './parties.ts';
import { Placement, PlacementCreate, PlacementParams, PlacementResponse } from './placement.ts';
import { recordStatement, type Said } from './record-statement.ts';
import { soundTerms, statedForm } from './sound-terms.ts';
import { placementTag, placementView } from './views.ts';

export const respondToPlacement: UseCase = (app, deps) => {
  app.post(
    '/v1/placements/:id/responses',
    {
      config: {
        access: { anyOf: ['registry:write'], kinds: PARTY_KINDS },
        problems: [
          'not_found',
          'placement_own_declaration',
          'idempotency_key_reused',
          'idempotency_in_flight',
        ],
      },
      schema: {
        operationId: 'respondToPlacement',
        tags: ['placements'],
        summary: 'Confirm or deny the terms of a placement, as another side than the one that declared it',
        params: PlacementParams,
        body: PlacementResponse,
        response: { 200: Placement, 201: Placement },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      const { id } = request.params;
      return once(deps, request, reply, async (tx) => {
        const { vendor } = await findPlacement(tx.client, actor, id);
        const lockedAt = await lockEmployers(deps, tx, [vendor.id]);
        const before = await findPlacement(tx.client, actor, id);
        if (isDeclaringSide(before, actor)) throw new Problem('placement_own_declaration');
        const said = await saidOf(tx.client, actor, before, request.body, languageOf(request));
        const repeated = isRepeated(before, said);
        if (!repeated) {
          const of = { vendorId: vendor.id, placementId: id, before };
          await recordStatement(tx, recordedBy(actor), of, said, lockedAt);
        }
        const placement = await findPlacement(tx.client, actor, id);
        return {
          status: repeated ? 200 : 201,
          headers: { etag: placementTag(placement) },
          body: placementView(placement, actor),
        };
      });
    },
  );
};

async function saidOf(
  client: ClientBase,
  actor: Actor,
  before: StoredPlacement,
  { confirmed, reason, terms: patch }: z.output<typeof PlacementResponse>,
  language: Language,
): Promise<Said> {
  const { terms } = standingOfPlacement(before.statements);
  const said = { kind: 'response', side: sideOf(actor, before.vendor.id), confirmed } as const;
  if (confirmed) return { ...said, terms };
  const denied = { ...said, reason: reason! };
  if (!patch) return denied;
  const merged = mergePatch(PlacementCreate, statedForm(terms), patch, language, '/terms');
  const vendor = await findEmployer(client, actor, before.vendor.id, { everywhere: true });
  const sound = await soundTerms(client, merged, { vendor, at: '/terms' });
  refuseSame(terms, sound);
  return { ...denied, terms: sound };
}

/** Whoever denies terms must not state the same ones. */
function refuseSame(terms: PlacementTerms, stated: PlacementTerms): void {
  if (differingTerms(terms, stated).length > 0) return;
  throw new Problem('invalid_content', {
    errors: [
      {
        pointer: '/terms',
        code: 'same_terms',
        detail: { id: 'Sama dengan ketentuan yang ditolak.', en: 'The same as the terms that are denied.' },
      },
    ],
  });
}

/** Whether the side's newest word, on terms that were not changed since, was the same. */
function isRepeated({ statements }: StoredPlacement, said: Said): boolean {
  const last = statements.findLast(({ side }) => side === said.side);
  if (!last || last.confirmed !== said.confirmed || last.reason !== said.reason) return false;
  if (said.terms && last.terms) return differingTerms(said.terms, last.terms).length === 0;
  const { declaredBy } = standingOfPlacement(statements);
  const own = statements.findLast(({ side }) => side === declaredBy)!;
  return !said.terms && !last.terms && statements.indexOf(last) > statements.indexOf(own);
}
