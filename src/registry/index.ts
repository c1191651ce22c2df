export { EMPLOYER_COLUMNS, type EmployerRow, attributesOf } from './columns.ts';
export { type FoundEmployer, findEmployer } from './find-employer.ts';
export {
  type Clash,
  type EmployerRecord,
  SCHEMES,
  type Scheme,
  recordEmployers,
  sameAttributes,
} from './record-employers.ts';
