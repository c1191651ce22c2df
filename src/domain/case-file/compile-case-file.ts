import { type Day, dayOf, type Instant } from '#src/domain/civil.ts';
import type { Evidence } from '#src/domain/evidence.ts';
import type { Facts, Payment } from '#src/domain/facts.ts';
import { claimedArrears } from '#src/domain/letters/arrears.ts';
import type { Law } from '#src/domain/parameters.ts';
import { procedureOn } from '#src/domain/sanctions/procedure.ts';
import type { Sanction, Sanctionable, SanctionStep } from '#src/domain/sanctions.ts';
import { startOf } from '#src/domain/suspensions.ts';
import { reasonText } from '#src/domain/verdict/reason-text.ts';
import { breachesOn } from '#src/domain/verdict/verdict.ts';
import type { CaseBreach, CaseCheck, CaseEmployer, CaseEvidence, CaseFile, CaseStep } from './case-file.ts';
import { legalBasis } from './legal-basis.ts';

/** What a case file is made of beside the facts that judge an employer. */
export type CaseRecords = {
  /** The name of an agency, or of an office that is none. */
  nameOf: (code: string) => string;
  /** Name of the employer's region. */
  region: string;
  /** Who took each step, by its id. */
  takenBy: ReadonlyMap<string, string>;
  /** Hashes of the documents of evidence, by its id. */
  documentHashes: ReadonlyMap<string, string>;
  checks: readonly CaseCheck[];
};

/** The case file of a procedure on a day, from what was known at an instant. */
export function compileCaseFile(
  { facts, law, asOf, knownAt }: { facts: Facts; law: Law; asOf: Day; knownAt: Instant },
  sanction: Sanction,
  records: CaseRecords,
): CaseFile {
  const { nameOf } = records;
  const { state, mendedOn, requests } = procedureOn(sanction, facts, law, asOf);
  const units = [...new Set(requests.flatMap(({ unit }) => unit ?? []))];
  return {
    sanctionId: sanction.id,
    asOf,
    knownAt,
    rulesetVersion: law.version,
    parties: {
      employer: employerOf(facts, asOf, records.region),
      agency: { code: sanction.agency, name: nameOf(sanction.agency) },
      units: units.map((code) => ({ code, name: nameOf(code) })),
    },
    legalBasis: legalBasis(sanction.codes, law),
    openedOn: sanction.openedOn,
    state,
    ...(mendedOn !== undefined && { mendedOn }),
    breaches: caseBreaches(facts, law, asOf, sanction.codes),
    arrears: claimedArrears(facts, law, asOf),
    steps: sanction.steps
      .filter(({ on }) => on <= asOf)
      .map((step) => stepOf(step, procedureOn(sanction, facts, law, step.on).given, records)),
    requests: requests.map((request) => ({ ...request, services: [...request.services] })),
    suspensions: facts.suspensions
      .filter((suspension) => startOf(suspension) <= asOf)
      .map((suspension) => {
        const { id, kind, ending } = suspension;
        const ended = ending && ending.on <= asOf && { endedOn: ending.on };
        return { id, kind, startsOn: startOf(suspension), ...ended };
      }),
    evidence: facts.evidence
      .filter(({ observedOn }) => observedOn <= asOf)
      .map((evidence) => evidenceOf(evidence, records.documentHashes.get(evidence.id))),
    payments: facts.payments.filter(({ paidOn }) => paidOn <= asOf).map(paymentOf),
    checks: records.checks.filter(
      ({ checkedAt }) => checkedAt <= knownAt && dayOf(new Date(checkedAt)) <= asOf,
    ),
  };
}

function employerOf({ employerId: id, employer }: Facts, asOf: Day, region: string): CaseEmployer {
  const { legalName, npp, nib, npwp, kind, scale, address, regionCode, registeredOn, closedOn } = employer;
  return {
    id,
    legalName,
    ...(npp !== undefined && { npp }),
    ...(nib !== undefined && { nib }),
    ...(npwp !== undefined && { npwp }),
    kind,
    scale,
    ...(address !== undefined && { address }),
    regionCode,
    region,
    ...(registeredOn !== undefined && registeredOn <= asOf && { registeredOn }),
    ...(closedOn !== undefined && closedOn <= asOf && { closedOn }),
  };
}

function caseBreaches(facts: Facts, law: Law, asOf: Day, codes: readonly Sanctionable[]): CaseBreach[] {
  return breachesOn(facts, law, asOf, { codes }).map((reason) => {
    const { code, since, periods, amount, workers, article } = reason;
    return {
      code,
      since,
      ...(periods && { periods }),
      ...(amount !== undefined && { amount }),
      ...(workers !== undefined && { workers }),
      article,
      sentence: reasonText(reason, law, 'id'),
    };
  });
}

function stepOf(
  {
    id,
    step,
    on,
    agency,
    recordedAt,
    services,
    decidedBy,
    accepted,
    requestId,
    amount,
    fineMonths = [],
  }: SanctionStep,
  given: { step: SanctionStep['step']; until: Day } | undefined,
  { takenBy }: CaseRecords,
): CaseStep {
  return {
    id,
    step,
    on,
    agency,
    by: takenBy.get(id) ?? '',
    recordedAt,
    ...(given?.step === step && { until: given.until }),
    ...(services && { services: [...services] }),
    ...(decidedBy !== undefined && { decidedBy }),
    ...(accepted !== undefined && { accepted }),
    ...(requestId !== undefined && { requestId }),
    ...(amount !== undefined && { fine: { total: amount, months: [...fineMonths] } }),
  };
}

function evidenceOf(evidence: Evidence, documentHash: string | undefined): CaseEvidence {
  const { id, kind, agency, observedOn, recordedAt, headcount, wageBill, lowestWage, workersSeen } = evidence;
  return {
    id,
    kind,
    agency,
    observedOn,
    recordedAt,
    ...(headcount !== undefined && { headcount }),
    ...(wageBill !== undefined && { wageBill }),
    ...(lowestWage !== undefined && { lowestWage }),
    ...(workersSeen !== undefined && { workersSeen }),
    ...(documentHash !== undefined && { documentHash }),
  };
}

function paymentOf({ id, paidOn, amount, period, penalty, recordedAt }: Payment): Payment {
  return { id, paidOn, amount, ...(period !== undefined && { period }), penalty, recordedAt };
}
