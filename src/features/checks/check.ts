import { z } from 'zod';
import { ACTIONS, PURPOSES } from '#src/domain/check-policy.ts';
import { Interval, IntervalQuery } from '#src/features/verdicts/interval.ts';
import { ClockQuery, Verdict } from '#src/features/verdicts/verdict.ts';
import { IdField, IdOut, InstantOut, Reference, text } from '#src/http/fields.ts';
import { CheckedPlacement } from './judge-placement.ts';
import { Candidates, OUTCOMES, Subject } from './subject.ts';

/** Why somebody asks, the same for every subject of a batch. */
const asked = {
  purpose: z.enum(PURPOSES),
  reference: Reference,
  onBehalfOf: text(200)
    .optional()
    .meta({ description: 'Whom the caller asks for, such as a procurement unit' }),
};

export const CheckCreate = z
  .strictObject({
    subject: Subject,
    ...asked,
    ...ClockQuery.shape,
    knownAt: ClockQuery.shape.knownAt.meta({
      description:
        'Only what was recorded by then, whom a number named among it; a name is looked for among those of now',
    }),
    interval: IntervalQuery.optional().meta({
      description: 'Asks, besides, whether the subject was in order throughout',
    }),
    placementId: IdField.optional().meta({
      description: 'Judges, besides, the workers of this contract, of which the subject must be the vendor',
    }),
  })
  .meta({ id: 'CheckCreate' });

export const CheckBatchCreate = z
  .strictObject({ ...asked, subjects: z.array(Subject).min(1).max(10_000) })
  .meta({ id: 'CheckBatchCreate' });

export type Asked = Pick<z.output<typeof CheckBatchCreate>, keyof typeof asked>;

export const Receipt = z
  .string()
  .max(1_000_000)
  .meta({
    description:
      'Compact JWS (RFC 7515) of type `patuh-receipt+jwt` over subject, purpose, reference, outcome, action, verdict, ' +
      'ruleset, data cutoff and time; its keys are at `/.well-known/jwks.json`',
  });

export const Check = z
  .object({
    id: IdOut,
    checkedAt: InstantOut,
    outcome: z.enum(OUTCOMES),
    action: z.enum(ACTIONS).meta({ description: 'What the caller is told to do' }),
    verdict: Verdict.optional().meta({ description: 'Of a resolved subject' }),
    candidates: Candidates.optional(),
    interval: Interval.optional().meta({ description: 'Of a resolved subject, where it was asked' }),
    placement: CheckedPlacement.optional().meta({ description: 'Of a resolved subject, where it was asked' }),
    receipt: Receipt,
  })
  .meta({ id: 'Check', description: 'The answer to a check, as it is stored' });

export type CheckView = z.input<typeof Check>;

export const CheckBatch = z
  .object({ id: IdOut, results: z.array(Check).max(10_000).meta({ description: 'In the order asked' }) })
  .meta({ id: 'CheckBatch' });
