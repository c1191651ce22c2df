import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf } from '#src/domain/civil.ts';
import type { Language } from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import { COVERABLE, type Ending, type Suspension } from '#src/domain/suspensions.ts';
import { actorOf } from '#src/http/access.ts';
import type { Actor } from '#src/http/actor.ts';
import { PageQuery } from '#src/http/cursor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import {
  allDiffer,
  DayField,
  DayOut,
  IdField,
  IdOut,
  InstantOut,
  PeriodField,
  PeriodOut,
  rule,
  text,
} from '#src/http/fields.ts';
import { languageOf } from '#src/http/problem.ts';
import type { StoredSuspension } from './stored-suspension.ts';

/** Who asks, for which day, by which law, in which language. */
export type Asked = { actor: Actor; today: Day; law: Law; language: Language };

/** What a request asks by: outside transactions, as the law in force may have to be adopted first. */
export async function askedBy(request: FastifyRequest, deps: Deps): Promise<Asked> {
  const { law } = await deps.rulesets.now();
  return { actor: actorOf(request), today: dayOf(deps.clock()), law, language: languageOf(request) };
}

const MOST_PERIODS = 120;

export const CodesField = z
  .array(z.enum(COVERABLE))
  .min(1)
  .max(COVERABLE.length)
  .refine(allDiffer, rule('duplicate', 'Kode berulang.', 'A code twice.'));

export const PeriodsField = z
  .array(PeriodField)
  .min(1)
  .max(MOST_PERIODS)
  .refine(allDiffer, rule('duplicate', 'Bulan berulang.', 'A month twice.'));

export const NoteField = text(2000)
  .optional()
  .meta({ description: 'For agencies only; the employer does not see it' });

/** Query of a list of one kind. */
export function suspensionQuery<const States extends readonly string[]>(states: States) {
  return z.strictObject({
    ...PageQuery,
    employer: EmployerField.optional(),
    state: z.enum(states).optional().meta({ description: 'State today' }),
  });
}

/** The plan, dispute or invitation of a path. */
export const SuspensionParams = z.strictObject({ id: IdField });

export const WithdrawalCreate = z
  .strictObject({
    reason: text(1000),
    on: DayField.optional().meta({ description: 'Day from which it no longer counts; today if absent' }),
  })
  .meta({ id: 'WithdrawalCreate' });

const SuspensionEnding = z
  .object({
    kind: z.enum(['decision', 'withdrawal']),
    on: DayOut.meta({ description: 'Day from which it counts' }),
    upheld: z.boolean().optional().meta({ description: 'Of a decision: the employer was right' }),
    reason: z.string().max(1000),
    by: z.string().max(300).meta({ description: 'The person or system that acted' }),
    agency: z.string().max(100),
    recordedAt: InstantOut,
  } satisfies Record<keyof Ending | 'reason' | 'by' | 'agency', z.ZodType>)
  .meta({ id: 'SuspensionEnding' });

/** Fields of every plan, dispute and invitation as they go out. */
export const Recorded = {
  id: IdOut,
  employerId: IdOut,
  agency: z.string().max(100).meta({ description: 'The agency that recorded it' }),
  recordedBy: z.string().max(300).meta({ description: 'The person or system that recorded it' }),
  recordedAt: InstantOut,
  ending: SuspensionEnding.optional().meta({ description: 'What ended it before its time' }),
};

export const CodesOut = z.array(z.enum(COVERABLE)).max(COVERABLE.length);
export const PeriodsOut = z.array(PeriodOut).max(MOST_PERIODS);
export const NoteOut = z
  .string()
  .max(2000)
  .optional()
  .meta({ description: 'Left out where the employer itself asks' });

/** The part of a view that all kinds have. */
export function recordedView<Kind extends Suspension['kind']>(
  { suspension, employerId, agency, recordedBy, endedBy }: StoredSuspension,
  kind: Kind,
) {
  const { id, recordedAt, ending } = suspension;
  return {
    id,
    employerId,
    kind,
    agency,
    recordedBy,
    recordedAt,
    ...(ending && endedBy && { ending: { ...ending, ...endedBy } }),
  };
}
