import type { Coverable, Ending, Instalment, Suspension } from '#src/domain/suspensions.ts';

/** A plan, dispute or invitation as stored, with what ended it. */
export type SuspensionRow = {
  employer_id: string;
  suspension_id: string;
  kind: Suspension['kind'];
  codes: Coverable[] | null;
  periods: string[] | null;
  starts_on: string;
  ends_on: string | null;
  instalments: Instalment[] | null;
  suspensive: boolean | null;
  recorded_at: Date;
  ending_kind: Ending['kind'] | null;
  ended_on: string | null;
  upheld: boolean | null;
  ended_at: Date | null;
};

/** Selects {@link SuspensionRow}: suspensions `s` with their endings `n`; joins and a `where` can follow. */
export const SUSPENSION_COLUMNS = `
  s.employer_id, s.suspension_id, s.kind, s.codes, s.periods, s.starts_on, s.ends_on, s.instalments, s.suspensive,
  s.recorded_at, n.kind as ending_kind, n.on_day as ended_on, n.upheld, n.recorded_at as ended_at`;
export const SUSPENSION_TABLES = `
  suspensions s
  left join suspension_endings n on n.employer_id = s.employer_id and n.suspension_id = s.suspension_id`;

/** The domain's view of a row. */
export function suspensionOf(row: SuspensionRow): Suspension {
  const recorded = {
    id: row.suspension_id,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.ending_kind && { ending: endingOf(row) }),
  };
  switch (row.kind) {
    case 'plan':
      return {
        ...recorded,
        kind: row.kind,
        codes: row.codes!,
        periods: row.periods!,
        agreedOn: row.starts_on,
        instalments: row.instalments!,
      };
    case 'dispute':
      return {
        ...recorded,
        kind: row.kind,
        ...(row.codes && { codes: row.codes }),
        ...(row.periods && { periods: row.periods }),
        openedOn: row.starts_on,
        suspensive: row.suspensive!,
      };
    case 'regularisation':
      return { ...recorded, kind: row.kind, invitedOn: row.starts_on, deadline: row.ends_on! };
  }
}

function endingOf(row: SuspensionRow): Ending {
  return {
    kind: row.ending_kind!,
    on: row.ended_on!,
    ...(row.upheld !== null && { upheld: row.upheld }),
    recordedAt: row.ended_at!.toISOString(),
  };
}
