import type { CaseFileView } from '#src/domain/case-file/case-file-view.ts';
import type { RegularisationLetter } from '#src/domain/letters/regularisation-letter.ts';
import type { FineLetter, LiftLetter, WarningLetter } from '#src/domain/letters/sanction-letters.ts';
import type { ShapeOf } from './shape.ts';

/** Every document that is printed from a template, with what it is filled with. */
export type LetterViews = {
  first_warning: WarningLetter;
  second_warning: WarningLetter;
  administrative_fine: FineLetter;
  tmp2t_lift_request: LiftLetter;
  tmp2t_lifted: LiftLetter;
  regularisation: RegularisationLetter;
  case_file: CaseFileView;
};
export type LetterName = keyof LetterViews;

const LETTER = {
  reference: 'text',
  agency: 'text',
  place: 'text',
  day: 'text',
  officer: 'text',
  employer: { name: 'text', npp: 'text', nib: 'text', address: 'text', region: 'text' },
  verification: { employerId: 'text', asOf: 'text', knownAt: 'text', rulesetVersion: 'text' },
} as const;

const ARREARS = {
  months: [
    {
      period: 'text',
      dueOn: 'text',
      contributions: 'text',
      monthsLate: 'text',
      lateCharge: 'text',
      sum: 'text',
      presumed: 'flag',
    },
  ],
  somePresumed: 'flag',
  contributions: 'text',
  lateCharge: 'text',
  total: 'text',
} as const;

const FINED = [{ fined: 'text', base: 'text', delay: 'text', amount: 'text' }] as const;

const DEMAND = {
  breaches: [{ sentence: 'text', article: 'text', months: 'text', since: 'text', whatToDo: 'text' }],
  arrears: ARREARS,
} as const;

const TERM = {
  until: 'text',
  workingDays: 'text',
  firstWarningOn: 'text',
  consequences: [{ step: 'text', notBefore: 'text', notAfter: 'text' }],
} as const;

const WARNING = { ...LETTER, ...DEMAND, ...TERM } as const;

const LIFT = {
  ...LETTER,
  unit: 'text',
  services: ['text'],
  requestedOn: 'text',
  decidedOn: 'text',
  mendedOn: 'text',
  liftRequestedOn: 'text',
  until: 'text',
} as const;

const CASE_FILE = {
  reference: 'text',
  day: 'text',
  state: 'text',
  openedOn: 'text',
  sha256: 'text',
  agency: 'text',
  employer: {
    ...LETTER.employer,
    npwp: 'text',
    registeredOn: 'text',
    closedOn: 'text',
  },
  units: ['text'],
  law: {
    articles: ['text'],
    procedure: ['text'],
    duties: 'text',
    criminal: 'text',
    prison: 'text',
    criminalFine: 'text',
    powerOfAttorney: 'text',
  },
  breaches: [{ sentence: 'text', since: 'text' }],
  arrears: ARREARS,
  fine: { imposedOn: 'text', fineTotal: 'text', months: FINED },
  steps: [
    {
      step: 'text',
      on: 'text',
      until: 'text',
      by: 'text',
      byAgency: 'text',
      recordedAt: 'text',
      outcome: 'text',
      services: ['text'],
    },
  ],
  suspensions: [{ kind: 'text', startsOn: 'text', endedOn: 'text', id: 'text' }],
  evidence: [
    {
      kind: 'text',
      observedOn: 'text',
      byAgency: 'text',
      headcount: 'text',
      wageBill: 'text',
      workersSeen: 'text',
      documentHash: 'text',
      id: 'text',
    },
  ],
  payments: [{ paidOn: 'text', amount: 'text', purpose: 'text', id: 'text' }],
  checks: [{ checkedAt: 'text', purpose: 'text', byAgency: 'text', action: 'text', id: 'text' }],
  verification: LETTER.verification,
} as const;

/** The names that the template of each letter can use. */
export const SHAPES: { readonly [Name in LetterName]: ShapeOf<LetterViews[Name]> } = {
  first_warning: WARNING,
  second_warning: WARNING,
  administrative_fine: {
    ...WARNING,
    secondWarningOn: 'text',
    fine: {
      rate: 'text',
      months: FINED,
      fineTotal: 'text',
    },
  },
  tmp2t_lift_request: LIFT,
  tmp2t_lifted: LIFT,
  regularisation: { ...LETTER, ...DEMAND, until: 'text' },
  case_file: CASE_FILE,
};
