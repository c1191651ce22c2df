import { z } from 'zod';
import { type AccessDelay, decidingDelay, visibleFrom } from '#src/domain/access-delays.ts';
import { ACTIONS, type Action } from '#src/domain/check-policy.ts';
import { addDays, type Day, type Instant } from '#src/domain/civil.ts';
import type { Law } from '#src/domain/parameters.ts';
import { STATUSES, type Status } from '#src/domain/status.ts';
import { type Actor, AGENCY_KINDS, type AgencyKind } from '#src/http/actor.ts';
import { DayOut, IdOut, InstantOut } from '#src/http/fields.ts';

export const ACCESS_KINDS = ['check', 'personal_data'] as const;

export const Access = z
  .object({
    id: IdOut,
    kind: z.enum(ACCESS_KINDS).meta({
      description: '`check`: a verdict was asked for; `personal_data`: workers were read',
    }),
    at: InstantOut,
    agency: z.object({
      code: z.string().max(100),
      name: z.string().max(200).optional().meta({ description: 'Of agencies that are registered here' }),
      kind: z.enum(AGENCY_KINDS).optional(),
    }),
    own: z.literal(true).optional().meta({ description: "By the employer's own client" }),
    by: z.string().max(300).optional().meta({
      description: 'The person or system that asked; left out where the employer itself reads the list',
    }),
    onBehalfOf: z.string().max(200).optional(),
    purpose: z.string().max(200).optional(),
    reference: z.string().max(200).optional(),
    action: z.enum(ACTIONS).optional().meta({ description: 'Of a check: what the caller was told to do' }),
    status: z.enum(STATUSES).optional().meta({ description: 'Of a check: the status that was answered' }),
    fields: z.array(z.string().max(50)).max(50).optional().meta({ description: 'Of workers: what was read' }),
    workers: z.int().min(0).optional().meta({ description: 'Of how many workers it was read' }),
    delayed: z
      .object({
        until: DayOut.meta({ description: 'Last day on which the employer did not see it' }),
        caseReference: z.string().max(200),
      })
      .optional()
      .meta({
        description:
          'Where an investigation delayed what the employer saw of it; shown once the delay is over, and before ' +
          'to auditors and to the agency itself',
      }),
  })
  .meta({ id: 'Access', description: 'That somebody asked about an employer, and what was answered' });

export type AccessRow = {
  id: string;
  kind: (typeof ACCESS_KINDS)[number];
  at: Date;
  agency: string;
  agency_name: string | null;
  agency_kind: AgencyKind | null;
  sub: string;
  own: boolean;
  purpose: string | null;
  reference: string | null;
  on_behalf_of: string | null;
  action: Action | null;
  status: Status | null;
  fields: string[] | null;
  workers: number | null;
  /** Those of the agency about the employer, with times of recording as the database writes them. */
  delays: AccessDelay[] | null;
};

/**
 * Selects {@link AccessRow}: `$3` accesses to the employer `$1` before the id `$2`, newest first. The delays are of the
 * same moment as the accesses: none can be missing that covers one of them.
 */
export const SELECT_ACCESSES = `
  select a.id, a.kind, a.at, a.agency, g.name as agency_name, g.kind as agency_kind, a.sub,
         coalesce(a.employer = $1, false) as own, a.purpose, a.reference, a.on_behalf_of, a.action,
         a.answer::json #>> '{verdict,status}' as status, a.fields, cardinality(a.worker_ids) as workers,
         (select json_agg(json_build_object(
                   'agency', d.agency_code, 'startsOn', d.starts_on, 'endsOn', d.ends_on,
                   'caseReference', d.case_reference, 'recordedAt', d.recorded_at))
          from access_delays d where d.employer_id = $1 and d.agency_code = a.agency) as delays
  from (
    (select check_id as id, 'check' as kind, checked_at as at, agency_code as agency, checked_by->>'sub' as sub,
            (checked_by->>'employer')::uuid as employer, purpose, reference, on_behalf_of, action, answer,
            null::text[] as fields, null::uuid[] as worker_ids
     from checks where employer_id = $1 and check_id < $2 order by check_id desc limit $3)
    union all
    (select read_id, 'personal_data', read_at, agency, sub, reader_employer_id, purpose, null, null, null, null, fields,
            worker_ids
     from personal_data_reads where employer_id = $1 and read_id < $2 order by read_id desc limit $3)
    order by id desc limit $3
  ) a
  left join agencies g on g.code = a.agency
  order by a.id desc`;

type Shown = { from: Day; access: z.input<typeof Access> };

/** An access as it goes out to a caller on a day, and the first day on which the employer itself sees it. */
export function accessView(row: AccessRow, actor: Actor, law: Law, today: Day): Shown {
  const access = { agency: row.agency, at: row.at.toISOString() };
  // What the employer itself asks is no investigation, though its client may bear the name of an office.
  const recorded = row.own ? [] : (row.delays ?? []);
  const delays = recorded.map((each) => ({ ...each, recordedAt: instantOf(each.recordedAt) }));
  const from = visibleFrom(access, delays, law);
  const delay = decidingDelay(access, delays);
  const isEmployer = actor.kind === 'employer';
  const isTold = actor.kind === 'auditor' || (!isEmployer && actor.agency === row.agency);
  return {
    from,
    access: {
      id: row.id,
      kind: row.kind,
      at: access.at,
      agency: {
        code: row.agency,
        ...(row.agency_name !== null && { name: row.agency_name }),
        ...(row.agency_kind !== null && { kind: row.agency_kind }),
      },
      ...(row.own && { own: true as const }),
      ...(!isEmployer && { by: row.sub }),
      ...(row.on_behalf_of !== null && { onBehalfOf: row.on_behalf_of }),
      ...(row.purpose !== null && { purpose: row.purpose }),
      ...(row.reference !== null && { reference: row.reference }),
      ...(row.action !== null && { action: row.action }),
      ...(row.status !== null && { status: row.status }),
      ...(row.fields !== null && { fields: row.fields }),
      ...(row.workers !== null && { workers: row.workers }),
      ...(delay &&
        (isTold || delay.endsOn < today) && {
          delayed: { until: addDays(from, -1), caseReference: delay.caseReference },
        }),
    },
  };
}

function instantOf(text: string): Instant {
  return new Date(text).toISOString();
}
