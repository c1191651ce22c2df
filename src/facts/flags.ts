import type { Flag, FlagEvent } from '#src/domain/flags.ts';

/** A flag as stored. */
export type FlagRow = {
  employer_id: string;
  flag_id: string;
  agency_code: string;
  kind: Flag['kind'];
  starts_on: string;
  ends_on: string | null;
  recorded_at: Date;
  recorded_by: { sub: string };
};

/** What happened to a flag, as stored. */
export type FlagEventRow = {
  flag_id: string;
  event_id: string;
  kind: FlagEvent['kind'];
  reason: string | null;
  suspensive: boolean | null;
  objection_id: string | null;
  upheld: boolean | null;
  recorded_at: Date;
  recorded_by: { sub: string; agency: string };
};

/** Selects {@link FlagRow} and, in order, {@link FlagEventRow}; `where` says of whom. */
export const FLAGS = (where: string): string =>
  `select employer_id, flag_id, agency_code, kind, starts_on, ends_on, recorded_at, recorded_by
   from flags where ${where}`;
export const FLAG_EVENTS = (where: string): string =>
  `select flag_id, event_id, kind, reason, suspensive, objection_id, upheld, recorded_at, recorded_by
   from flag_events where ${where} order by recorded_at, event_id`;

/** Flags, each with what happened to it. */
export function flagsOf(
  flags: readonly FlagRow[],
  events: readonly FlagEventRow[],
): [employerId: string, Flag][] {
  const byFlag = Map.groupBy(events, (row) => row.flag_id);
  return flags.map((row) => [
    row.employer_id,
    {
      id: row.flag_id,
      kind: row.kind,
      agency: row.agency_code,
      proposedBy: row.recorded_by.sub,
      recordedAt: row.recorded_at.toISOString(),
      startsOn: row.starts_on,
      ...(row.ends_on !== null && { endsOn: row.ends_on }),
      events: (byFlag.get(row.flag_id) ?? []).map(eventOf),
    },
  ]);
}

function eventOf(row: FlagEventRow): FlagEvent {
  return {
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
}
