import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { FoundEmployer } from '#src/registry/index.ts';
import type { EmployerView } from './employer.ts';

/** An employer as it goes out. */
export function employerView(employerId: string, attributes: EmployerAttributes): EmployerView {
  return { id: employerId, ...attributes };
}

/** The strong entity tag of an employer's version (RFC 9110 section 8.8.3). */
export function employerTag(found: Pick<FoundEmployer, 'employerId' | 'version'>): string {
  return `"${found.employerId}-${found.version}"`;
}
