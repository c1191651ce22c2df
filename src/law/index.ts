export { type Basis, CERTAINTIES, citation } from './basis.ts';
export type { HolidayYear } from './calendar.ts';
export { LawDataError } from './law-data-error.ts';
export { type LawFiles, readLawFiles } from './law-files.ts';
export { type LoadedLaw, loadLaw } from './load-law.ts';
export { type LawParameter, type LawValue, valueOn } from './parameter.ts';
export { loadRegions, type Region, type Regions } from './regions.ts';
export { type ShownValue, shownValue } from './shown-value.ts';
export { type Difference, differencesBetween, type ParameterState, spansOf, stateOn } from './timeline.ts';
