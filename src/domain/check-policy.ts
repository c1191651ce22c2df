import type { FlagKind } from './flags.ts';
import type { Status } from './status.ts';

/** What a check is made for. */
export const PURPOSES = [
  'tender_opening',
  'tender_award',
  'contract_payment',
  'business_licence',
  'foreign_worker_permit',
  'outsourcing_licence',
  'building_permit',
  'inspection',
  'prosecution',
  'self',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What the caller of a check is told to do. */
export const ACTIONS = [
  'proceed',
  'proceed_with_conditions',
  'hold',
  'ask_review',
  'confirm_subject',
] as const;
export type Action = (typeof ACTIONS)[number];

/** Public services that can be denied to an employer (TMP2T), PP 86/2013 art. 9(1). */
export const SERVICES = [
  'business_licence',
  'tender_permit',
  'foreign_worker_permit',
  'outsourcing_licence',
  'building_permit',
] as const;
export type Service = (typeof SERVICES)[number];

type ActionTable = Record<Purpose, Record<Status, Action>>;

/** The policy on the action of a check. */
export type CheckPolicy = {
  article: string;
  actions: ActionTable;
  /** The same where contributions are in arrears. */
  actionsInArrears: ActionTable;
  /** Purposes that a flag in force holds, whatever the status. */
  flagHolds: Record<FlagKind, readonly Purpose[]>;
  /** Purposes that a decision to deny the service holds, whatever the status. */
  serviceHolds: Record<Service, readonly Purpose[]>;
};

/** What the action of a check on a resolved subject depends on. */
export type CheckFacts = {
  purpose: Purpose;
  status: Status;
  inArrears: boolean;
  flagsInForce: readonly FlagKind[];
  deniedServices: readonly Service[];
};

/** The action for a resolved subject; who is not resolved is to be confirmed first, whatever the policy. */
export function actionFor(policy: CheckPolicy, facts: CheckFacts): Action {
  const { purpose, status } = facts;
  const held =
    facts.flagsInForce.some((kind) => policy.flagHolds[kind].includes(purpose)) ||
    facts.deniedServices.some((service) => policy.serviceHolds[service].includes(purpose));
  if (held) return 'hold';
  return (facts.inArrears ? policy.actionsInArrears : policy.actions)[purpose][status];
}
