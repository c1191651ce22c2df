export { attributesOf, EMPLOYER_COLUMNS, type EmployerRow } from './columns.ts';
export { type FoundEmployer, findEmployer, lookUpEmployer } from './find-employer.ts';
export {
  findContract,
  findPlacement,
  type PlacementRow,
  SELECT_PLACEMENTS,
  type StoredPlacement,
  sideOf,
  storedPlacement,
  visiblePlacements,
} from './find-placement.ts';
export {
  type Known,
  type KnownEmployers,
  type KnownSummary,
  openKnownEmployers,
  type Premise,
} from './known-employers.ts';
export {
  type Clash,
  type EmployerRecord,
  recordEmployers,
  SCHEMES,
  type Scheme,
  sameAttributes,
} from './record-employers.ts';
export { type Resolution, resolveSubjects, type Subject } from './resolve.ts';
export type { Candidate } from './resolve-by-name.ts';
export { requireSoundEmployer, unsoundness } from './soundness.ts';
