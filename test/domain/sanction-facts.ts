import type { Day } from '#src/domain/civil.ts';
import { type Facts, factsKnownAt, type Payment } from '#src/domain/facts.ts';
import { billOf, rosterSums } from '#src/domain/rules/roster.ts';
import type { Sanction, Sanctionable, SanctionStep, SanctionStepKind } from '#src/domain/sanctions.ts';
import type { Suspension } from '#src/domain/suspensions.ts';
import { law } from './histories.ts';

/** First day on which January 2026 is overdue. */
export const OVERDUE = '2026-02-17';

const lines = [{ wage: 5_000_000, programmes: 15, birthDate: '1990-01-01', citizenship: 'ID' }];
const declaration = {
  id: 'declaration',
  period: '2026-01',
  recordedAt: '2026-02-01T05:00:00.000Z',
  ...rosterSums(law, '2026-01', lines),
};

/** What is owed for January. */
export const BILL = billOf(declaration.assessments[0]!, 'III');

/** An employer that owes January 2026 and, having closed, nothing else. */
export function debtor(
  more: {
    payments?: Payment[];
    suspensions?: Suspension[];
    sanctions?: Sanction[];
    kind?: 'government';
  } = {},
): Facts {
  const { payments = [], suspensions = [], sanctions = [], kind = 'private' } = more;
  return factsKnownAt(
    {
      employerId: '019a0000-0000-7000-8000-000000000001',
      changes: [
        {
          recordedAt: '2026-01-10T05:00:00.000Z',
          attributes: {
            legalName: 'PT Tunggak',
            kind,
            scale: 'small',
            sector: 'general',
            jkkClass: 'III',
            jkkClassOrigin: 'bpjs_decision',
            regionCode: '34.01',
            registeredOn: '2026-01-05',
            closedOn: '2026-01-31',
          },
        },
      ],
      declarations: [declaration],
      payments,
      reversals: [],
      flags: [],
      suspensions,
      evidence: [],
      sanctions,
      inspections: [],
      minimumWages: [],
    },
    '9999',
  )!;
}

/** A payment of January, in full unless an amount is given. */
export function paid(paidOn: Day, amount = BILL): Payment {
  return {
    id: `payment-${paidOn}`,
    amount,
    paidOn,
    recordedAt: `${paidOn}T05:00:00.000Z`,
    period: '2026-01',
    penalty: false,
  };
}

export function opened(openedOn: Day, codes: readonly Sanctionable[] = ['ARREARS']): Sanction {
  return {
    id: `sanction-${openedOn}`,
    agency: 'bpjs',
    codes,
    openedOn,
    recordedAt: `${openedOn}T05:00:00.000Z`,
    steps: [],
  };
}

/** The procedure with one more step. */
export function took(
  sanction: Sanction,
  step: SanctionStepKind,
  on: Day,
  more: Partial<SanctionStep> = {},
): Sanction {
  const id = `${step}-${sanction.steps.length}`;
  const taken = { id, step, on, recordedAt: `${on}T05:00:00.000Z`, agency: 'bpjs', ...more };
  return { ...sanction, steps: [...sanction.steps, taken] };
}
