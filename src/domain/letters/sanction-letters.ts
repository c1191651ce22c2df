import type { Day } from '#src/domain/civil.ts';
import { dayText, percentText, rupiahText } from '#src/domain/language.ts';
import { procedureOn } from '#src/domain/sanctions/procedure.ts';
import { requestsOf, type ServiceRequest } from '#src/domain/sanctions/requests.ts';
import type { Sanction, SanctionStep, SanctionStepKind } from '#src/domain/sanctions.ts';
import { type FinedMonthView, finedMonthsView } from './fined-months-view.ts';
import {
  type DemandView,
  demandView,
  type LetterFacts,
  type LetterView,
  letterView,
  type Sender,
} from './letter-view.ts';
import { SERVICE_NAMES, STEP_NAMES } from './sanction-text.ts';

/** What can follow if nothing is mended. */
type Consequence = { step: string; notBefore: string; notAfter?: string };

/** A written warning (*surat teguran tertulis*). */
export type WarningLetter = LetterView &
  DemandView & {
    /** Last day of its term, which is of so many working days. */
    until?: string;
    workingDays: string;
    /** Day of the first warning, where this is the second. */
    firstWarningOn?: string;
    consequences: Consequence[];
  };

/** A notice of the administrative fine (*pemberitahuan denda administratif*). */
export type FineLetter = LetterView &
  DemandView & {
    until?: string;
    workingDays: string;
    firstWarningOn?: string;
    secondWarningOn?: string;
    fine: {
      /** Per month of delay. */
      rate: string;
      months: FinedMonthView[];
      fineTotal: string;
    };
    consequences: Consequence[];
  };

/** A request to lift the denial of public services, or its lift (*permintaan pencabutan*, *pencabutan TMP2T*). */
export type LiftLetter = LetterView & {
  /** Who denies the services; absent where nobody was named. */
  unit?: string;
  services: string[];
  requestedOn?: string;
  decidedOn?: string;
  mendedOn?: string;
  liftRequestedOn?: string;
  until?: string;
};

/** The letter of a first or second warning, from the facts of its day. */
export function warningLetter(
  known: LetterFacts,
  sender: Sender,
  sanction: Sanction,
  step: 'first_warning' | 'second_warning',
): WarningLetter {
  const { law, asOf } = known;
  const first = step === 'second_warning' && stepOn(sanction, 'first_warning');
  return {
    ...letterView(known, sender),
    ...demandView(known, sanction.codes),
    ...termOf(known, sanction, step),
    workingDays: String(law.sanctionTerms(asOf).warningTerm.value),
    ...(first && { firstWarningOn: dayText(first, 'id') }),
  };
}

/** The notice of a fine as it was computed on its day. */
export function fineLetter(
  known: LetterFacts,
  sender: Sender,
  sanction: Sanction,
  { amount = 0, fineMonths = [] }: SanctionStep,
): FineLetter {
  const { law, asOf } = known;
  const [first, second] = [stepOn(sanction, 'first_warning'), stepOn(sanction, 'second_warning')];
  return {
    ...letterView(known, sender),
    ...demandView(known, sanction.codes),
    ...termOf(known, sanction, 'administrative_fine'),
    workingDays: String(law.quantity('fine-payment-term', asOf).value),
    ...(first && { firstWarningOn: dayText(first, 'id') }),
    ...(second && { secondWarningOn: dayText(second, 'id') }),
    fine: {
      rate: percentText(law.sanctionTerms(asOf).fine.value, 'id'),
      months: finedMonthsView(fineMonths),
      fineTotal: rupiahText(amount, 'id'),
    },
  };
}

/** The letter of a request to lift the denial of services, or of the lift; `nameOf` gives the name of a unit. */
export function liftLetter(
  known: LetterFacts,
  sender: Sender,
  sanction: Sanction,
  { step, services, requestId, decidedBy }: SanctionStep,
  nameOf: (unit: string) => string,
): LiftLetter {
  const { facts, law, asOf } = known;
  const request = requestsOf(sanction, law, asOf).find(({ id }) => id === requestId);
  const unit = request?.unit ?? decidedBy;
  const { mendedOn } = procedureOn(sanction, facts, law, asOf);
  return {
    ...letterView(known, sender),
    ...(unit !== undefined && { unit: nameOf(unit) }),
    services: (services ?? request?.services ?? []).map((service) => SERVICE_NAMES[service]),
    ...(request && daysOf(request)),
    ...(mendedOn !== undefined && { mendedOn: dayText(mendedOn, 'id') }),
    ...(request && step === 'tmp2t_lift_request' && { until: dayText(request.dueOn, 'id') }),
  };
}

function daysOf({ requestedOn, decidedOn, liftRequestedOn }: ServiceRequest) {
  return {
    requestedOn: dayText(requestedOn, 'id'),
    ...(decidedOn !== undefined && { decidedOn: dayText(decidedOn, 'id') }),
    ...(liftRequestedOn !== undefined && { liftRequestedOn: dayText(liftRequestedOn, 'id') }),
  };
}

/** The last day of the term that a step gives, and what can follow it: both of the machine that accepts steps. */
function termOf(
  { facts, law, asOf }: LetterFacts,
  sanction: Sanction,
  step: SanctionStepKind,
): { until?: string; consequences: Consequence[] } {
  const { given, nextSteps } = procedureOn(sanction, facts, law, asOf);
  const punishing = nextSteps.filter(({ step: next }) => next !== 'closed' && next !== 'tmp2t_decision');
  return {
    ...(given?.step === step && { until: dayText(given.until, 'id') }),
    consequences: punishing.map(({ step: next, notBefore, notAfter }) => ({
      step: STEP_NAMES[next],
      notBefore: dayText(notBefore, 'id'),
      ...(notAfter !== undefined && { notAfter: dayText(notAfter, 'id') }),
    })),
  };
}

function stepOn({ steps }: Sanction, kind: SanctionStepKind): Day | undefined {
  return steps.find(({ step }) => step === kind)?.on;
}
