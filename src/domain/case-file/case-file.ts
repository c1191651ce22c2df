import type { Action, Purpose, Service } from '#src/domain/check-policy.ts';
import type { Day, Instant, Period } from '#src/domain/civil.ts';
import type { EmployerAttributes } from '#src/domain/employer.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import type { Payment } from '#src/domain/facts.ts';
import type { ClaimedArrears } from '#src/domain/letters/arrears.ts';
import type { Rupiah } from '#src/domain/money.ts';
import type { ServiceRequest } from '#src/domain/sanctions/requests.ts';
import type { FinedMonth, Sanctionable, SanctionState, SanctionStep } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import type { LegalBasis } from './legal-basis.ts';

/** Purposes whose checks belong to a case: who asked about the employer, and when. */
export const CASE_PURPOSES = [
  'tender_opening',
  'tender_award',
  'inspection',
  'prosecution',
] as const satisfies Purpose[];
export type CasePurpose = (typeof CASE_PURPOSES)[number];

/** A check of the employer that was answered with a signed receipt. */
export type CaseCheck = {
  id: string;
  checkedAt: Instant;
  agency: string;
  purpose: CasePurpose;
  action: Action;
};

/** A party that is not the employer. */
export type CaseAgency = { code: string; name: string };

/** The employer as the registry holds it, with the name of its region. */
export type CaseEmployer = Pick<
  EmployerAttributes,
  'legalName' | 'npp' | 'nib' | 'npwp' | 'kind' | 'scale' | 'address'
> &
  Pick<EmployerAttributes, 'regionCode' | 'registeredOn' | 'closedOn'> & { id: string; region: string };

/** A breach of the procedure that still holds. */
export type CaseBreach = {
  code: Sanctionable;
  since: Day;
  periods?: Period[];
  amount?: Rupiah;
  workers?: number;
  article: string;
  sentence: string;
};

export type CaseStep = {
  id: string;
  step: SanctionStep['step'];
  on: Day;
  agency: string;
  by: string;
  recordedAt: Instant;
  /** Last day of the term that it gave. */
  until?: Day;
  services?: Service[];
  decidedBy?: string;
  accepted?: boolean;
  requestId?: string;
  fine?: { total: Rupiah; months: FinedMonth[] };
};

export type CaseEvidence = Omit<Evidence, 'compared'> & { documentHash?: string };

/** All that a prosecutor is handed about a procedure. It names no worker. */
export type CaseFile = {
  sanctionId: string;
  asOf: Day;
  knownAt: Instant;
  rulesetVersion: string;
  parties: { employer: CaseEmployer; agency: CaseAgency; units: CaseAgency[] };
  legalBasis: LegalBasis;
  openedOn: Day;
  state: SanctionState;
  mendedOn?: Day;
  breaches: CaseBreach[];
  arrears: ClaimedArrears;
  steps: CaseStep[];
  requests: (Omit<ServiceRequest, 'services'> & { services: Service[] })[];
  suspensions: { id: string; kind: Suspension['kind']; startsOn: Day; endedOn?: Day }[];
  evidence: CaseEvidence[];
  payments: Payment[];
  checks: CaseCheck[];
};
