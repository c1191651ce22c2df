import { type RecordedBy, type Tx, uuidv7 } from '#src/db/index.ts';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { type FlagEvent, flagState, refusalOf } from '#src/domain/flags.ts';
import { lockEmployers, renewSummaries } from '#src/facts/index.ts';
import { type Actor, recordedBy } from '#src/http/actor.ts';
import type { Answer } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { ProblemCode } from '#src/http/problem-table.ts';
import { flagView } from './flag.ts';
import { findFlag, type StoredFlag } from './stored-flag.ts';

/** What somebody does about a flag; who and when is added. */
export type Act = Pick<FlagEvent, 'kind' | 'reason' | 'suspensive' | 'objectionId' | 'upheld'>;

/** Problems that an act on a flag can answer with. */
export const ACT_PROBLEMS = [
  'not_found',
  'flag_of_other_agency',
  'flag_needs_second_person',
  'flag_acts_need_agency',
  'flag_not_open',
  'objection_not_open',
  'idempotency_key_reused',
  'idempotency_in_flight',
] as const satisfies ProblemCode[];

/**
 * Does what the caller wants about a flag, or throws why not. It is decided on the flag as it stands under the
 * employer's lock, so that acts that exclude each other have one winner. Who repeats an act of theirs word for word
 * gets the flag as it stands, and no second fact.
 */
export async function actOnFlag(deps: Deps, tx: Tx, actor: Actor, flagId: string, act: Act): Promise<Answer> {
  const { employerId } = await findFlag(tx.client, actor, flagId);
  const recordedAt = await lockEmployers(deps, tx, [employerId]);
  const flag = await findFlag(tx.client, actor, flagId);
  // Not the clock's day: no event may lie after the day on which is decided, and another process's clock may be ahead.
  const today = dayOf(recordedAt);
  if (flag.events.some((event) => isRepeated(event, actor, act))) {
    return { status: 200, body: flagView(flag, actor, today) };
  }
  refuse(flag, actor, act, recordedAt);
  await insertEvent(tx, flag, act, recordedAt, recordedBy(actor));
  await renewSummaries(deps, tx, [employerId], recordedAt);
  return { status: 201, body: flagView(await findFlag(tx.client, actor, flagId), actor, today) };
}

function isRepeated(event: FlagEvent, actor: Actor, act: Act): boolean {
  return (
    event.by === actor.sub &&
    event.agency === actor.agency &&
    event.kind === act.kind &&
    event.reason === act.reason &&
    event.suspensive === act.suspensive &&
    event.objectionId === act.objectionId &&
    event.upheld === act.upheld
  );
}

function refuse(flag: StoredFlag, actor: Actor, { kind, objectionId }: Act, at: Date): void {
  const known = flag.events.some((event) => event.kind === 'objection' && event.id === objectionId);
  if (objectionId !== undefined && !known) {
    throw new Problem('not_found', {
      detail: { id: 'Keberatan tidak ditemukan.', en: 'No such objection.' },
    });
  }
  const { sub, agency } = actor;
  const isEmployer = actor.kind === 'employer';
  const refusal = refusalOf(
    flag,
    { kind, sub, agency, isEmployer, ...(objectionId !== undefined && { objectionId }) },
    dayOf(at),
  );
  if (refusal === 'flag_not_open') {
    const state = flagState(flag, dayOf(at));
    throw new Problem(refusal, {
      detail: { id: `Penandaan berstatus ${state}.`, en: `The state of the flag is ${state}.` },
    });
  }
  if (refusal) throw new Problem(refusal);
}

async function insertEvent(
  tx: Tx,
  flag: StoredFlag,
  { kind, reason, suspensive, objectionId, upheld }: Act,
  recordedAt: Date,
  by: RecordedBy,
): Promise<void> {
  await tx.client.query(
    `insert into flag_events (employer_id, flag_id, event_id, kind, reason, suspensive, objection_id, upheld,
                              recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      flag.employerId,
      flag.id,
      uuidv7(),
      kind,
      reason ?? null,
      suspensive ?? null,
      objectionId ?? null,
      upheld ?? null,
      recordedAt,
      by,
    ],
  );
}
