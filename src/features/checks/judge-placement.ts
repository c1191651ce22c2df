import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import type { Action, Purpose } from '#src/domain/check-policy.ts';
import { askedOfRoster, contractStanding } from '#src/domain/placements/contract-standing.ts';
import { gravestAction, PLACEMENT_FINDINGS } from '#src/domain/placements/placement-policy.ts';
import { placementText } from '#src/domain/placements/placement-text.ts';
import { PLACEMENT_STATES, saidBy, standingOfPlacement } from '#src/domain/placements/statements.ts';
import { type KnownFacts, readPlacedWorkers } from '#src/facts/index.ts';
import type { Actor } from '#src/http/actor.ts';
import { IdOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';
import { type Language, Problem } from '#src/http/problem.ts';
import { findPlacement } from '#src/registry/index.ts';

const Count = z.int().min(0);
const Text = z.string().max(20_000);

export const CheckedPlacement = z
  .object({
    id: IdOut,
    contractNumber: z.string().max(100),
    state: z.enum(PLACEMENT_STATES),
    period: PeriodOut.optional().meta({
      description: 'Month of the newest roster within the contract; absent where there is none',
    }),
    contracted: Count,
    declared: Count.meta({ description: 'Workers on that roster under the number of this contract' }),
    missing: Count,
    unpaidMonths: z.array(PeriodOut).max(2000).meta({
      description: 'Months of the contract that the vendor has not paid although they fell due',
    }),
    unpaid: RupiahOut.meta({ description: 'Contributions of those months, for all workers of the vendor' }),
    minimumWage: RupiahOut.optional().meta({
      description: "In the vendor's region, where it binds the vendor",
    }),
    underMinimum: Count.meta({
      description: 'Workers declared with less than that, but for those by the day',
    }),
    billedMonthlyWage: RupiahOut.optional(),
    underBilled: Count.meta({
      description: 'Workers declared with less than that, but for those by the day',
    }),
    findings: z.array(z.enum(PLACEMENT_FINDINGS)).max(PLACEMENT_FINDINGS.length),
    detail: Text.meta({ description: 'In sentences, in the language asked for' }),
    sentences: z.object({ id: Text, en: Text }),
  })
  .meta({ id: 'CheckedPlacement', description: 'What holds of the workers of one contract: counts only' });

export type CheckedPlacement = z.input<typeof CheckedPlacement>;

/** Which contract is asked about, and what the verdict on its vendor says. */
type Question = {
  actor: Actor;
  placementId: string;
  purpose: Purpose;
  action: Action;
  language: Language;
};

/**
 * What holds of a contract by the same facts, law and clocks as its vendor's verdict, and the action that it leaves of
 * the verdict's. Throws 404 for a contract that the caller may not see or that was not declared by then, 422 for one of
 * another vendor.
 */
export async function judgePlacement(
  deps: Deps,
  known: KnownFacts,
  { actor, placementId, purpose, action, language }: Question,
): Promise<{ placement: CheckedPlacement; action: Action }> {
  const { facts, law, asOf, knownAt } = known;
  // Read after the facts: nothing can be recorded at or before the instant that they were waited for.
  const { id, vendor, statements } = await findPlacement(deps.database.pool, actor, placementId);
  if (vendor.id !== facts.employerId) throw notOfSubject();
  const said = saidBy(statements, knownAt);
  if (!said) {
    throw new Problem('not_found', {
      detail: { id: 'Penempatan belum dinyatakan saat itu.', en: 'The placement was not declared by then.' },
    });
  }
  const standing = standingOfPlacement(said);
  const { contractNumber } = standing.terms;
  const asked = askedOfRoster(facts, law, asOf, standing.terms);
  const [placed] = asked
    ? await readPlacedWorkers(deps, [{ ...asked, employerId: facts.employerId }])
    : [undefined];
  const found = contractStanding(facts, law, asOf, standing, asked && { ...asked, placed: placed! });
  const policy = law.placementPolicyOn(asOf);
  const sentences = {
    id: placementText(contractNumber, found, policy, 'id'),
    en: placementText(contractNumber, found, policy, 'en'),
  };
  const { period, contracted, declared, missing, findings, ...more } = found;
  return {
    placement: {
      id,
      contractNumber,
      state: standing.state,
      ...(period !== undefined && { period }),
      contracted,
      declared,
      missing,
      ...more,
      findings,
      detail: sentences[language],
      sentences,
    },
    action: gravestAction(policy, purpose, { action, findings }),
  };
}

function notOfSubject(): Problem {
  const detail = {
    id: 'Penempatan ini milik perusahaan alih daya lain.',
    en: 'It is a placement of another vendor.',
  };
  return new Problem('invalid_content', {
    errors: [{ pointer: '/placementId', code: 'not_of_subject', detail }],
  });
}
