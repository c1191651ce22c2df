import type { ClientBase, Pool } from 'pg';
import type { Flag, FlagEvent } from '#src/domain/flags.ts';

type Queryable = ClientBase | Pool;

/** Flags on these employers, each with what happened to it. */
export async function readFlags(
  client: Queryable,
  employerIds: readonly string[],
): Promise<[string, Flag][]> {
  const flags = await client.query<{
    employer_id: string;
    flag_id: string;
    agency_code: string;
    kind: Flag['kind'];
    starts_on: string;
    ends_on: string | null;
    recorded_at: Date;
    recorded_by: { sub: string };
  }>(
    `select employer_id, flag_id, agency_code, kind, starts_on, ends_on, recorded_at, recorded_by
     from flags where employer_id = any($1::uuid[])`,
    [employerIds],
  );
  if (flags.rowCount === 0) return [];
  const events = await readFlagEvents(client, employerIds);
  return flags.rows.map((row) => [
    row.employer_id,
    {
      id: row.flag_id,
      kind: row.kind,
      agency: row.agency_code,
      proposedBy: row.recorded_by.sub,
      recordedAt: row.recorded_at.toISOString(),
      startsOn: row.starts_on,
      ...(row.ends_on !== null && { endsOn: row.ends_on }),
      events: events.get(row.flag_id) ?? [],
    },
  ]);
}

/** What happened to the flags of these employers, by flag, in order. */
async function readFlagEvents(
  client: Queryable,
  employerIds: readonly string[],
): Promise<Map<string, FlagEvent[]>> {
  const found = await client.query<{
    flag_id: string;
    event_id: string;
    kind: FlagEvent['kind'];
    reason: string | null;
    suspensive: boolean | null;
    objection_id: string | null;
    upheld: boolean | null;
    recorded_at: Date;
    recorded_by: { sub: string; agency: string };
  }>(
    `select flag_id, event_id, kind, reason, suspensive, objection_id, upheld, recorded_at, recorded_by
     from flag_events where employer_id = any($1::uuid[]) order by recorded_at, event_id`,
    [employerIds],
  );
  const events = new Map<string, FlagEvent[]>();
  for (const row of found.rows) {
    const event: FlagEvent = {
      id: row.event_id,
      kind: row.kind,
      recordedAt: row.recorded_at.toISOString(),
      by: row.recorded_by.sub,
      agency: row.recorded_by.agency,
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.suspensive !== null && { suspensive: row.suspensive }),
      ...(row.objection_id !== null && { objectionId: row.objection_id }),
      ...(row.upheld !== null && { upheld: row.upheld }),
    };
    const list = events.get(row.flag_id);
    if (list) list.push(event);
    else events.set(row.flag_id, [event]);
  }
  return events;
}
