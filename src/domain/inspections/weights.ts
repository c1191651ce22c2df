/** What makes it worth to visit an employer, in the order in which a priority names it. */
export const PRIORITY_PARTS = ['money', 'workers', 'age', 'evidence', 'history', 'flags'] as const;
export type PriorityPartName = (typeof PRIORITY_PARTS)[number];

/** Points that all parts have together when each is full. */
export const FULL_PRIORITY = 1000;

/** A part's most points, and the figure from which on it has them; below it they are in proportion. */
export type PartScale = { weight: number; fullAt: number };

/**
 * How the parts of a priority are weighed. `fullAt` is in rupiah for money, workers, months of the oldest reason for
 * age, months for which the newest finding stays fresh for evidence, cases for history, flags.
 */
export type InspectionWeights = Readonly<Record<PriorityPartName, PartScale>> & {
  /** `signalWeight`: most points where no inspection has found it yet, and evidence from elsewhere only hints at it. */
  readonly evidence: PartScale & { signalWeight: number };
};
