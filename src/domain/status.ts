/** Where an employer stands; the domain model's order decides which one it is. */
export const STATUSES = [
  'compliant',
  'compliant_with_conditions',
  'regularising',
  'under_review',
  'non_compliant',
  'not_registered',
  'not_in_scope',
  'not_determinable',
] as const;
export type Status = (typeof STATUSES)[number];
