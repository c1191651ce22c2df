import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import { DISPUTE_STATES, type Dispute as DomainDispute, disputeState } from '#src/domain/suspensions.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { DayField, DayOut, text } from '#src/http/fields.ts';
import type { StoredSuspension } from './stored-suspension.ts';
import { CodesField, CodesOut, PeriodsField, PeriodsOut, Recorded, recordedView } from './suspension.ts';

export const DisputeCreate = z
  .strictObject({
    employer: EmployerField,
    codes: CodesField.optional().meta({ description: 'Breaches that are contested; all if absent' }),
    periods: PeriodsField.optional().meta({
      description:
        'Contribution months that it is about. If absent: arrears and undeclared months that had fallen due when it was ' +
        'opened; of what else it contests, every month until it is decided',
    }),
    suspensive: z.boolean().default(false).meta({
      description:
        'Takes the consequences of the breaches away until it is decided; only agencies may say so',
    }),
    openedOn: DayField.optional().meta({ description: 'Today if absent' }),
    ground: text(2000).optional().meta({ description: 'What the employer holds against the breaches' }),
  })
  .meta({ id: 'DisputeCreate' });

export const DisputeDecision = z
  .strictObject({
    upheld: z.boolean().meta({ description: 'Whether the employer was right: the breaches were none' }),
    reason: text(1000),
    decidedOn: DayField.optional().meta({ description: 'Today if absent' }),
  })
  .meta({ id: 'DisputeDecision' });

export const Dispute = z
  .object({
    ...Recorded,
    kind: z.literal('dispute'),
    codes: CodesOut.optional(),
    periods: PeriodsOut.optional(),
    openedOn: DayOut,
    suspensive: z.boolean(),
    state: z.enum(DISPUTE_STATES).meta({ description: 'State today' }),
    ground: z.string().max(2000).optional(),
  })
  .meta({
    id: 'Dispute',
    description:
      'An employer contests breaches. Upheld, they are infos, and the ledger stays as it is until the facts are ' +
      'corrected; rejected or withdrawn, they count again.',
  });

/** A dispute as it goes out on a day. */
export function disputeView(stored: StoredSuspension<DomainDispute>, today: Day) {
  const { codes, periods, openedOn, suspensive } = stored.suspension;
  return {
    ...recordedView(stored, 'dispute'),
    ...(codes && { codes: [...codes] }),
    ...(periods && { periods: [...periods] }),
    openedOn,
    suspensive,
    state: disputeState(stored.suspension, today),
    ...(stored.note !== undefined && { ground: stored.note }),
  } satisfies z.input<typeof Dispute>;
}

export const DISPUTE_CSV = ['openedOn', 'suspensive', 'codes', 'periods', 'ground'] as const;
