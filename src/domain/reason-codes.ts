/** Why an employer's status is what it is; in the order in which a verdict names them. */
export const REASON_CODES = [
  'NOT_REGISTERED',
  'ARREARS',
  'NOT_DECLARED',
  'PARTIAL_PROGRAMMES',
  'PARTIAL_WORKERS',
  'PARTIAL_WAGES',
  'REVIEW_OPEN',
  'LATE_PAID',
  'CLASS_UNCONFIRMED',
  'BELOW_TOLERANCE',
  'PLAN',
  'DISPUTE',
  'REGULARISATION_OPEN',
  'STALE_DATA',
  'CLOSED',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];
