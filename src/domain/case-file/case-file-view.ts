import { type Day, dayOf, type Instant } from '#src/domain/civil.ts';
import { evidenceText } from '#src/domain/evidence-text.ts';
import { articleText, dayText, periodText, rupiahText } from '#src/domain/language.ts';
import { type ArrearsView, arrearsText } from '#src/domain/letters/arrears-view.ts';
import { type FinedMonthView, finedMonthsView } from '#src/domain/letters/fined-months-view.ts';
import { SERVICE_NAMES, STEP_NAMES } from '#src/domain/letters/sanction-text.ts';
import type { CaseFile, CaseStep } from './case-file.ts';
import { ACTION_NAMES, PURPOSE_NAMES, STATE_NAMES, SUSPENSION_NAMES } from './case-file-text.ts';

/** A case file as Indonesians read it on paper. */
export type CaseFileView = {
  reference: string;
  day: string;
  state: string;
  openedOn: string;
  /** Of the JSON document with the same content, in hexadecimal digits. */
  sha256: string;
  agency: string;
  employer: {
    name: string;
    npp?: string;
    nib?: string;
    npwp?: string;
    address?: string;
    region: string;
    registeredOn?: string;
    closedOn?: string;
  };
  units: string[];
  law: {
    articles: string[];
    procedure: string[];
    duties: string;
    criminal: string;
    prison: string;
    criminalFine: string;
    powerOfAttorney: string;
  };
  breaches: { sentence: string; since: string }[];
  arrears?: ArrearsView;
  fine?: {
    imposedOn: string;
    fineTotal: string;
    months: FinedMonthView[];
  };
  steps: {
    step: string;
    on: string;
    until?: string;
    by: string;
    byAgency: string;
    recordedAt: string;
    outcome?: string;
    services: string[];
  }[];
  suspensions: { kind: string; startsOn: string; endedOn?: string; id: string }[];
  evidence: {
    kind: string;
    observedOn: string;
    byAgency: string;
    headcount?: string;
    wageBill?: string;
    workersSeen?: string;
    documentHash?: string;
    id: string;
  }[];
  payments: { paidOn: string; amount: string; purpose: string; id: string }[];
  checks: { checkedAt: string; purpose: string; byAgency: string; action: string; id: string }[];
  verification: { employerId: string; asOf: Day; knownAt: Instant; rulesetVersion: string };
};

/** The page of a case file; `nameOf` gives the name of an agency or office, `sha256` is the hash of its JSON. */
export function caseFileView(file: CaseFile, nameOf: (code: string) => string, sha256: string): CaseFileView {
  const { parties, legalBasis, arrears } = file;
  const {
    id: employerId,
    legalName,
    npp,
    nib,
    npwp,
    address,
    region,
    registeredOn,
    closedOn,
  } = parties.employer;
  const fine = file.steps.find((step) => step.fine !== undefined);
  const [prison, most] = legalBasis.criminal.alternatives;
  return {
    reference: file.sanctionId,
    day: dayText(file.asOf, 'id'),
    state: STATE_NAMES[file.state],
    openedOn: dayText(file.openedOn, 'id'),
    sha256,
    agency: parties.agency.name,
    employer: {
      name: legalName,
      ...(npp !== undefined && { npp }),
      ...(nib !== undefined && { nib }),
      ...(npwp !== undefined && { npwp }),
      ...(address !== undefined && { address }),
      region,
      ...(registeredOn !== undefined && { registeredOn: dayText(registeredOn, 'id') }),
      ...(closedOn !== undefined && { closedOn: dayText(closedOn, 'id') }),
    },
    units: parties.units.map(({ name }) => name),
    law: {
      articles: [...new Set(legalBasis.breaches.map(({ article }) => articleText(article, 'id')))],
      procedure: legalBasis.procedure.map((article) => articleText(article, 'id')),
      duties: articleText(legalBasis.criminal.duties, 'id'),
      criminal: articleText(legalBasis.criminal.article, 'id'),
      prison: String(prison.mostYears),
      criminalFine: rupiahText(most.most, 'id'),
      powerOfAttorney: articleText(legalBasis.powerOfAttorney, 'id'),
    },
    breaches: file.breaches.map(({ sentence, since }) => ({ sentence, since: dayText(since, 'id') })),
    ...(arrears.months.length > 0 && { arrears: arrearsText(arrears) }),
    ...(fine?.fine && { fine: fineView(fine.on, fine.fine) }),
    steps: file.steps.map((step) => stepView(step, nameOf)),
    suspensions: file.suspensions.map(({ id, kind, startsOn, endedOn }) => ({
      kind: SUSPENSION_NAMES[kind],
      startsOn: dayText(startsOn, 'id'),
      ...(endedOn !== undefined && { endedOn: dayText(endedOn, 'id') }),
      id,
    })),
    evidence: file.evidence.map(
      ({ id, kind, observedOn, agency, headcount, wageBill, workersSeen, documentHash }) => ({
        kind: evidenceText(kind, 'id'),
        observedOn: dayText(observedOn, 'id'),
        byAgency: nameOf(agency),
        ...(headcount !== undefined && { headcount: String(headcount) }),
        ...(wageBill !== undefined && { wageBill: rupiahText(wageBill, 'id') }),
        ...(workersSeen !== undefined && { workersSeen: String(workersSeen) }),
        ...(documentHash !== undefined && { documentHash }),
        id,
      }),
    ),
    payments: file.payments.map(({ id, paidOn, amount, period, penalty }) => ({
      paidOn: dayText(paidOn, 'id'),
      amount: rupiahText(amount, 'id'),
      purpose: penalty
        ? 'denda keterlambatan'
        : `iuran${period === undefined ? '' : ` ${periodText(period, 'id')}`}`,
      id,
    })),
    checks: file.checks.map(({ id, checkedAt, agency, purpose, action }) => ({
      checkedAt: instantText(checkedAt),
      purpose: PURPOSE_NAMES[purpose],
      byAgency: nameOf(agency),
      action: ACTION_NAMES[action],
      id,
    })),
    verification: {
      employerId,
      asOf: file.asOf,
      knownAt: file.knownAt,
      rulesetVersion: file.rulesetVersion,
    },
  };
}

function fineView(
  on: Day,
  { total, months }: NonNullable<CaseStep['fine']>,
): NonNullable<CaseFileView['fine']> {
  return {
    imposedOn: dayText(on, 'id'),
    fineTotal: rupiahText(total, 'id'),
    months: finedMonthsView(months),
  };
}

function stepView(step: CaseStep, nameOf: (code: string) => string): CaseFileView['steps'][number] {
  const { accepted, decidedBy } = step;
  const decision = accepted === undefined ? [] : [accepted ? 'dikabulkan' : 'ditolak'];
  const unit = decidedBy === undefined ? [] : [nameOf(decidedBy)];
  const fined = step.fine ? [rupiahText(step.fine.total, 'id')] : [];
  const outcome = [...decision, ...unit, ...fined].join(', ');
  return {
    step: STEP_NAMES[step.step],
    on: dayText(step.on, 'id'),
    ...(step.until !== undefined && { until: dayText(step.until, 'id') }),
    by: step.by,
    byAgency: nameOf(step.agency),
    recordedAt: instantText(step.recordedAt),
    ...(outcome !== '' && { outcome }),
    services: (step.services ?? []).map((service) => SERVICE_NAMES[service]),
  };
}

/** The day in Jakarta, and the instant itself. */
function instantText(instant: Instant): string {
  return `${dayText(dayOf(new Date(instant)), 'id')} (${instant})`;
}
