import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf } from '#src/domain/civil.ts';
import { type Ending, startOf } from '#src/domain/suspensions.ts';
import { lockEmployers, renewSummaries } from '#src/facts/index.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import { type Answer, once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { ProblemCode } from '#src/http/problem-table.ts';
import { outside } from './outside.ts';
import { findSuspension, type Kind, type StoredSuspension } from './stored-suspension.ts';
import { type Asked, askedBy, type SuspensionParams, type WithdrawalCreate } from './suspension.ts';
import { findView } from './view-suspensions.ts';

/** A decision or withdrawal as its request states it; `onField` is the caller's name of `on`. */
export type End = Pick<Ending, 'kind' | 'upheld'> & { reason: string; on: Day | undefined; onField: string };

/** Problems that an ending can answer with. */
export const END_PROBLEMS = [
  'not_found',
  'suspension_needs_agency',
  'suspension_of_other_party',
  'suspension_ended',
] as const satisfies ProblemCode[];

/**
 * Ends a plan, dispute or invitation, or throws why not. It is decided on what stands under the employer's lock, so
 * that of two endings one wins.
 */
export async function endSuspension(
  deps: Deps,
  tx: Tx,
  asked: Asked,
  { kind, id }: { kind: Kind; id: string },
  end: End,
): Promise<Answer> {
  const { actor } = asked;
  const { employerId } = await findSuspension(tx.client, actor, kind, id);
  const recordedAt = await lockEmployers(deps, tx, [employerId]);
  const stored = await findSuspension(tx.client, actor, kind, id);
  const today = dayOf(recordedAt);
  const on = end.on ?? today;
  refuse(stored, actor, end.kind);
  const errors = outside(
    `/${end.onField}`,
    on,
    [startOf(stored.suspension), 'before_start'],
    [today, 'in_future'],
  );
  if (errors.length > 0) throw new Problem('invalid_content', { errors });
  await tx.client.query(
    `insert into suspension_endings (employer_id, suspension_id, ending_id, kind, on_day, upheld, reason, recorded_at,
                                     recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [employerId, id, uuidv7(), end.kind, on, end.upheld ?? null, end.reason, recordedAt, recordedBy(actor)],
  );
  await renewSummaries(deps, tx, [employerId], recordedAt);
  return { status: 201, body: await findView(deps, tx.client, kind, id, { ...asked, today }) };
}

/** Answers a request to withdraw what its path names. */
export async function withdraw(
  deps: Deps,
  request: FastifyRequest & {
    params: z.output<typeof SuspensionParams>;
    body: z.output<typeof WithdrawalCreate>;
  },
  reply: FastifyReply,
  kind: Kind,
): Promise<FastifyReply> {
  const asked = await askedBy(request, deps);
  const { params, body } = request;
  const end: End = { kind: 'withdrawal', reason: body.reason, on: body.on, onField: 'on' };
  return once(deps, request, reply, (tx) => endSuspension(deps, tx, asked, { kind, id: params.id }, end));
}

/** Who recorded it withdraws it; an agency decides what the employer opened, else the agency that opened it. */
function refuse({ suspension, agency, byEmployer }: StoredSuspension, actor: Actor, kind: End['kind']): void {
  const isEmployer = actor.kind === 'employer';
  if (kind === 'decision' && isEmployer) throw new Problem('suspension_needs_agency');
  const own = byEmployer ? isEmployer : !isEmployer && agency === actor.agency;
  if (!own && !(kind === 'decision' && byEmployer)) throw new Problem('suspension_of_other_party');
  if (suspension.ending) throw new Problem('suspension_ended');
}
