import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import type { Law } from '#src/domain/parameters.ts';
import type { SanctionStepKind } from '#src/domain/sanctions.ts';
import { procedureOn } from './procedure.ts';

/** `step`: it may, or is to, be taken; `given`: the employer has until its last day to do what the step asks. */
export const TERM_KINDS = ['step', 'given'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** A term that runs in a procedure, if no further fact comes. */
export type Term = {
  sanctionId: string;
  kind: TermKind;
  step: SanctionStepKind;
  notBefore: Day;
  notAfter?: Day;
  unit?: string;
  requestId?: string;
};

/** The terms of an employer's procedures as they run on a day and after it. */
export function termsOf(facts: Facts, law: Law, today: Day): Term[] {
  return facts.sanctions.flatMap((sanction) => {
    const { nextSteps, given } = procedureOn(sanction, facts, law, today);
    const steps = nextSteps
      .filter(({ step }) => step !== 'closed')
      .map(
        ({ step, notBefore, notAfter, unit, requestId }): Term => ({
          sanctionId: sanction.id,
          kind: 'step',
          step,
          notBefore,
          ...(notAfter !== undefined && { notAfter }),
          ...(unit !== undefined && { unit }),
          ...(requestId !== undefined && { requestId }),
        }),
      );
    if (!given) return steps;
    const { step, from, until } = given;
    return [...steps, { sanctionId: sanction.id, kind: 'given', step, notBefore: from, notAfter: until }];
  });
}
