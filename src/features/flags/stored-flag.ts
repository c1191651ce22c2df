import type { ClientBase, Pool } from 'pg';
import type { Flag, FlagEvent } from '#src/domain/flags.ts';
import { type Actor, visibleOrOwn } from '#src/http/actor.ts';
import { Problem } from '#src/http/problem.ts';

/** A flag with what agencies say about it; the domain's part decides its state. */
export type StoredFlag = Flag & {
  employerId: string;
  ground: string;
  article?: string;
  evidenceHash?: string;
  note?: string;
};

export type FlagRow = {
  employer_id: string;
  flag_id: string;
  agency_code: string;
  kind: Flag['kind'];
  ground: string;
  article: string | null;
  starts_on: string;
  ends_on: string | null;
  evidence_hash: string | null;
  note: string | null;
  recorded_at: Date;
  recorded_by: { sub: string };
  events: FlagEvent[] | null;
};

/** Selects {@link FlagRow}: flags `f` of employers `e` with their history `h`; a `where` can follow. */
export const SELECT_FLAGS = `
  select f.employer_id, f.flag_id, f.agency_code, f.kind, f.ground, f.article, f.starts_on, f.ends_on,
         f.evidence_hash, f.note, f.recorded_at, f.recorded_by, h.events
  from flags f
  join employers e on e.employer_id = f.employer_id
  cross join lateral (
    select json_agg(json_strip_nulls(json_build_object(
             'id', v.event_id, 'kind', v.kind, 'by', v.recorded_by->>'sub', 'agency', v.recorded_by->>'agency',
             'recordedAt', to_char(v.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'reason', v.reason, 'suspensive', v.suspensive, 'objectionId', v.objection_id, 'upheld', v.upheld
           )) order by v.recorded_at, v.event_id) as events,
           bool_or(v.kind = 'rejection') as rejected,
           bool_or(v.kind = 'lift' or v.upheld) as lifted,
           bool_or(v.kind = 'approval') as approved,
           bool_or(v.suspensive and not exists (
             select 1 from flag_events d
             where d.employer_id = v.employer_id and d.flag_id = v.flag_id and d.objection_id = v.event_id
           )) as suspended
    from flag_events v where v.employer_id = f.employer_id and v.flag_id = f.flag_id
  ) h`;

/**
 * SQL text: the state of a flag of {@link SELECT_FLAGS} on a day, no earlier than its history. It is the domain's
 * `flagState` over again, so that a list can be filtered where its rows are read; a test holds the two together.
 */
export function stateOn(day: string): string {
  return `case when h.rejected then 'rejected' when h.lifted then 'lifted'
               when f.ends_on < ${day}::date then 'lapsed' when h.approved is not true then 'proposed'
               when ${day}::date < f.starts_on then 'scheduled' when h.suspended then 'suspended'
               else 'in_force' end`;
}

/** SQL text: flags on employers that the caller sees, and its agency's own wherever the employer has moved. */
export function visibleFlags(actor: Actor, bind: (value: unknown) => string): string {
  return visibleOrOwn(actor, 'e', 'f.agency_code', bind);
}

/** The flag of an employer that the caller may see; throws 404 where there is none. */
export async function findFlag(client: ClientBase | Pool, actor: Actor, flagId: string): Promise<StoredFlag> {
  const values: unknown[] = [flagId];
  const visible = visibleFlags(actor, (value) => `$${values.push(value)}`);
  const found = await client.query<FlagRow>(`${SELECT_FLAGS} where f.flag_id = $1 and ${visible}`, values);
  if (!found.rows[0]) {
    throw new Problem('not_found', { detail: { id: 'Penandaan tidak ditemukan.', en: 'No such flag.' } });
  }
  return storedFlag(found.rows[0]);
}

/** The flag in a row; what is null is absent. */
export function storedFlag(row: FlagRow): StoredFlag {
  return {
    id: row.flag_id,
    employerId: row.employer_id,
    kind: row.kind,
    agency: row.agency_code,
    ground: row.ground,
    ...(row.article !== null && { article: row.article }),
    startsOn: row.starts_on,
    ...(row.ends_on !== null && { endsOn: row.ends_on }),
    ...(row.evidence_hash !== null && { evidenceHash: row.evidence_hash }),
    ...(row.note !== null && { note: row.note }),
    proposedBy: row.recorded_by.sub,
    recordedAt: row.recorded_at.toISOString(),
    events: row.events ?? [],
  };
}
