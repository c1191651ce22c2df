import { z } from 'zod';
import { type Day, dayOf } from '#src/domain/civil.ts';
import { TERM_KINDS, type TermKind } from '#src/domain/sanctions/terms.ts';
import { SANCTION_STEPS, type SanctionStepKind } from '#src/domain/sanctions.ts';
import { renewStale } from '#src/facts/index.ts';
import { EmployerName, RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { underRegions } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { DayField, DayOut, IdOut } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { EMPLOYER_OF_SANCTION, visibleSanctions, visibleTerms } from './stored-sanction.ts';

const EVENTS = ['begins', 'ends'] as const;

const SanctionDeadline = z
  .object({
    day: DayOut,
    event: z.enum(EVENTS).meta({
      description: 'Whether the step can be taken from that day on, or the term ends with it',
    }),
    kind: z.enum(TERM_KINDS).meta({
      description:
        'A step that may, or is to, be taken, or the term that a warning or a fine gave the employer',
    }),
    step: z.enum(SANCTION_STEPS),
    sanctionId: IdOut,
    employer: EmployerName,
    agency: z.string().max(100),
    unit: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'Who is to take it, where it is not the agency' }),
    requestId: IdOut.optional(),
    notBefore: DayOut,
    notAfter: DayOut.optional(),
  })
  .meta({ id: 'SanctionDeadline' });

const Query = z.strictObject({
  ...PageQuery,
  on: DayField.optional().meta({ description: 'First day; today if absent' }),
  until: DayField.optional().meta({ description: 'Last day; the first one if absent' }),
  region: RegionCode.optional(),
});

export const listSanctionDeadlines: UseCase = (app, deps) => {
  app.get(
    '/v1/sanctions/deadlines',
    {
      config: { access: { anyOf: ['compliance:read', 'sanctions:write'] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listSanctionDeadlines',
        tags: ['sanctions'],
        summary: 'List the terms of procedures that begin or end on a day, or from one day to another',
        querystring: Query,
        response: { 200: pageOf(SanctionDeadline, 'SanctionDeadlinePage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, region } = request.query;
      const today = dayOf(deps.clock());
      const on = request.query.on ?? today;
      const until = request.query.until ?? on;
      if (until < on) throw beforeOn();
      const actor = actorOf(request);
      await renewStale(deps, (alias) => `${alias}.employer_id in (select employer_id from sanctions)`, today);

      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const range = `between ${bind(on)} and ${bind(until)}`;
      const where = [visibleSanctions(actor, bind), visibleTerms(actor, bind)];
      if (region) where.push(underRegions([region], 'e', bind));
      if (cursor) {
        const position = decodeCursor(cursor, ['text', 'uuid', 'integer', 'text']).map(bind);
        where.push(`(t.day::text, t.sanction_id, t.sequence, t.event) >
                    (${position[0]}, ${position[1]}::uuid, ${position[2]}::bigint, ${position[3]})`);
      }
      return sendList<DeadlineRow>(deps, request, reply, {
        sql: `${selectDeadlines(range)} where ${where.join(' and ')}
              order by t.day, t.sanction_id, t.sequence, t.event`,
        values,
        limit,
        key: (row) => [row.day, row.sanction_id, row.sequence, row.event],
        view: deadlineView,
        csv: CSV,
      });
    },
  );
};

function beforeOn(): Problem {
  const detail = { id: 'Sebelum `on`.', en: 'Before `on`.' };
  return new Problem('invalid_content', { errors: [{ pointer: '/until', code: 'before_on', detail }] });
}

/** Each term once for the day on which it begins and once for the one on which it ends, where that is in range. */
function selectDeadlines(range: string): string {
  return `
    select t.day, t.event, t.sequence, t.kind, t.step, t.sanction_id, t.employer_id, e.legal_name, e.npp,
           e.region_code, s.agency_code, t.unit, t.request_id, t.not_before, t.not_after
    from (select b.*, b.not_before as day, 'begins' as event from sanction_terms b
          where b.not_before ${range} and b.kind = 'step'
          union all
          select n.*, n.not_after as day, 'ends' as event from sanction_terms n where n.not_after ${range}) t
    cross join lateral (select * from sanctions x
                        where x.employer_id = t.employer_id and x.sanction_id = t.sanction_id limit 1) s
    ${EMPLOYER_OF_SANCTION}`;
}

type DeadlineRow = {
  day: Day;
  event: (typeof EVENTS)[number];
  sequence: number;
  kind: TermKind;
  step: SanctionStepKind;
  sanction_id: string;
  employer_id: string;
  legal_name: string;
  npp: string | null;
  region_code: string;
  agency_code: string;
  unit: string | null;
  request_id: string | null;
  not_before: Day;
  not_after: Day | null;
};

function deadlineView(row: DeadlineRow): z.input<typeof SanctionDeadline> {
  return {
    day: row.day,
    event: row.event,
    kind: row.kind,
    step: row.step,
    sanctionId: row.sanction_id,
    employer: {
      id: row.employer_id,
      legalName: row.legal_name,
      ...(row.npp !== null && { npp: row.npp }),
      regionCode: row.region_code,
    },
    agency: row.agency_code,
    ...(row.unit !== null && { unit: row.unit }),
    ...(row.request_id !== null && { requestId: row.request_id }),
    notBefore: row.not_before,
    ...(row.not_after !== null && { notAfter: row.not_after }),
  };
}

const CSV = [
  'day',
  'event',
  'kind',
  'step',
  'sanctionId',
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.regionCode',
  'agency',
  'unit',
  'requestId',
  'notBefore',
  'notAfter',
] as const;
