import { type Day, dayOf } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { FactDeps } from '#src/facts/index.ts';
import { type Fault, Problem, type Sentence } from '#src/http/problem.ts';

/** Throws 422 where attributes that are well-formed each do not hold together, or speak of the future. */
export function requireSoundEmployer(deps: FactDeps, attributes: EmployerAttributes): void {
  const faults = unsoundness(deps, attributes, dayOf(deps.clock()));
  if (faults.length > 0) throw new Problem('invalid_content', { errors: faults });
}

/** What does not hold together, one fault per field. */
export function unsoundness(deps: FactDeps, attributes: EmployerAttributes, today: Day): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, code: string, detail: Sentence) =>
    faults.push({ pointer: `/${field}`, code, detail });
  if (!deps.regions.has(attributes.regionCode)) {
    fault('regionCode', 'unknown_region', {
      id: 'Bukan kode wilayah Kemendagri.',
      en: 'Not a province or regency of Kemendagri.',
    });
  }
  for (const field of ['registeredOn', 'closedOn', 'jkkClassDecidedOn'] as const) {
    const day = attributes[field];
    if (day !== undefined && day > today)
      fault(field, 'in_future', { id: 'Tanggal di masa depan.', en: 'A day in the future.' });
  }
  const { registeredOn, closedOn, jkkClass } = attributes;
  if (registeredOn !== undefined && closedOn !== undefined && closedOn < registeredOn) {
    fault('closedOn', 'before_registration', { id: 'Sebelum registeredOn.', en: 'Before registeredOn.' });
  }
  for (const field of ['jkkClassOrigin', 'jkkClassDecidedOn'] as const) {
    if (attributes[field] !== undefined && jkkClass === undefined) {
      fault(field, 'class_missing', { id: 'Memerlukan jkkClass.', en: 'Needs jkkClass.' });
    }
  }
  return faults;
}
