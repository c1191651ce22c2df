import type { Action, Purpose } from '#src/domain/check-policy.ts';

/** What a check on a contract can find besides what it finds of the vendor. */
export const PLACEMENT_FINDINGS = [
  'workers_missing',
  'months_unpaid',
  'wages_under_minimum',
  'wages_under_billed',
  'terms_disputed',
  'vendor_unlicensed',
] as const;
export type PlacementFinding = (typeof PLACEMENT_FINDINGS)[number];

/** The policy on what a check does about each finding. */
export type PlacementPolicy = {
  article: string;
  /** Where the law says what a finding breaks; absent where it is for the sides alone. */
  articles: Partial<Record<PlacementFinding, string>>;
  actions: Record<PlacementFinding, Record<Purpose, Action>>;
};

/** Actions on a resolved subject by how much they ask of the caller. */
const GRAVITY: readonly Action[] = ['proceed', 'proceed_with_conditions', 'ask_review', 'hold'];

/** The gravest action of a check on a vendor and of what was found of the contract. */
export function gravestAction(
  policy: PlacementPolicy,
  purpose: Purpose,
  { action, findings }: { action: Action; findings: readonly PlacementFinding[] },
): Action {
  const actions = [action, ...findings.map((finding) => policy.actions[finding][purpose])];
  return actions.reduce((a, b) => (GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a));
}
