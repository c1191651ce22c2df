import { z } from 'zod';
import type { Day } from '#src/domain/civil.ts';
import { FLAG_EVENTS, FLAG_KINDS, FLAG_STATES, flagState } from '#src/domain/flags.ts';
import type { Actor } from '#src/http/actor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { DayField, DayOut, IdField, IdOut, InstantOut, text } from '#src/http/fields.ts';
import type { StoredFlag } from './stored-flag.ts';

export const FlagCreate = z
  .strictObject({
    employer: EmployerField,
    kind: z.enum(FLAG_KINDS),
    ground: text(2000).meta({ description: 'What the agency holds against the employer' }),
    article: text(200).optional().meta({ description: 'Provision that the flag rests on' }),
    startsOn: DayField.meta({
      description: 'First day; a flag is in force from its approval on at the earliest',
    }),
    endsOn: DayField.optional().meta({
      description: 'Last day; without it the flag stays until it is lifted',
    }),
    evidenceHash: text(200)
      .optional()
      .meta({
        description: 'Hash of the evidence, kept as given',
        examples: ['sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
      }),
    note: text(2000).optional().meta({ description: 'For agencies only; the employer does not see it' }),
  })
  .meta({ id: 'FlagCreate' });

/** Body of an act that needs a reason. */
export const FlagReason = z.strictObject({ reason: text(1000) }).meta({ id: 'FlagReason' });

/** The flag of a path. */
export const FlagParams = z.strictObject({ id: IdField });

const FlagHistoryItem = z
  .object({
    id: IdOut,
    kind: z.enum(FLAG_EVENTS),
    by: z.string().max(300).meta({ description: 'The person or system that acted' }),
    agency: z.string().max(100),
    recordedAt: InstantOut,
    reason: z.string().max(1000).optional(),
    suspensive: z.boolean().optional().meta({ description: 'Of an objection: suspends until it is decided' }),
    objectionId: IdOut.optional().meta({ description: 'Of a decision: the objection that it decides' }),
    upheld: z.boolean().optional().meta({ description: 'Of a decision: the objection was right' }),
  })
  .meta({ id: 'FlagHistoryItem' });

export const Flag = z
  .object({
    id: IdOut,
    employerId: IdOut,
    kind: z.enum(FLAG_KINDS),
    agency: z.string().max(100).meta({ description: 'The agency that proposed it and decides about it' }),
    ground: z.string().max(2000),
    article: z.string().max(200).optional(),
    startsOn: DayOut,
    endsOn: DayOut.optional(),
    evidenceHash: z.string().max(200).optional(),
    note: z.string().max(2000).optional().meta({ description: 'Left out where the employer itself asks' }),
    state: z.enum(FLAG_STATES).meta({ description: 'Computed for today from the dates and the history' }),
    proposedBy: z.string().max(300),
    recordedAt: InstantOut,
    history: z.array(FlagHistoryItem).max(10_000).meta({ description: 'In order of recording' }),
  })
  .meta({
    id: 'Flag',
    description:
      'What an agency proposed against an employer, with all that happened to it. Every agency that sees the ' +
      'employer sees its flags; so does the employer, without `note`.',
  });

export type FlagView = z.input<typeof Flag>;

/** A flag as it goes out to a caller on a day. */
export function flagView(stored: StoredFlag, actor: Actor, today: Day): FlagView {
  const { events, note, ...content } = stored;
  return {
    ...content,
    ...(note !== undefined && actor.kind !== 'employer' && { note }),
    state: flagState(stored, today),
    history: [...events],
  };
}
