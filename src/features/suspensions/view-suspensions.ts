import type { ClientBase, Pool } from 'pg';
import type { Deps } from '#src/deps.ts';
import type { Facts } from '#src/domain/facts.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import { wholeFacts } from '#src/facts/index.ts';
import { disputeView } from './dispute.ts';
import { planView } from './plan.ts';
import { regularisationView } from './regularisation.ts';
import { findSuspension, type Kind, type StoredSuspension } from './stored-suspension.ts';
import type { Asked } from './suspension.ts';

/** Plans, disputes and invitations as they go out. */
export type Views = {
  plan: ReturnType<typeof planView>;
  dispute: ReturnType<typeof disputeView>;
  regularisation: ReturnType<typeof regularisationView>;
};

/** What the caller sees of a plan, dispute or invitation today; throws 404 where there is none. */
export async function findView<K extends Kind>(
  deps: Deps,
  client: ClientBase | Pool,
  kind: K,
  id: string,
  asked: Asked,
): Promise<Views[K]> {
  const stored = await findSuspension(client, asked.actor, kind, id);
  const [view] = await viewSuspensions(deps, client, [stored], asked);
  return view as Views[K];
}

/** The same of several, in their order; `client` must be able to write. */
export async function viewSuspensions(
  deps: Deps,
  client: ClientBase | Pool,
  stored: readonly StoredSuspension[],
  asked: Asked,
): Promise<Views[Kind][]> {
  const judged = stored.filter(({ suspension }) => suspension.kind !== 'dispute');
  const employerIds = [...new Set(judged.map(({ employerId }) => employerId))];
  const facts = await wholeFacts({ law: asked.law, keyRing: deps.keyRing }, client, employerIds);
  return stored.map((each) => viewOf(each, facts.get(each.employerId), asked));
}

function viewOf(stored: StoredSuspension, facts: Facts | undefined, asked: Asked): Views[Kind] {
  const { suspension } = stored;
  if (suspension.kind === 'dispute') return disputeView({ ...stored, suspension }, asked.today);
  if (!facts) throw new Error(`nothing is known of employer ${stored.employerId}`);
  return suspension.kind === 'plan'
    ? planView({ ...stored, suspension }, ledgerOf(facts, asked.law, asked.today), asked.actor)
    : regularisationView({ ...stored, suspension }, asked, facts);
}
