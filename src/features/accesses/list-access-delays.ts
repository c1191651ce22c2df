import { z } from 'zod';
import { type Day, dayOf } from '#src/domain/civil.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, requireScope } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import {
  AccessDelay,
  type AccessDelayRow,
  accessDelayView,
  INVESTIGATING,
  SELECT_ACCESS_DELAYS,
} from './access-delay.ts';

export const listAccessDelays: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/access-delays',
    {
      config: {
        access: {
          anyOf: ['audit:read', 'sanctions:write', 'compliance:read'],
          kinds: ['employer', 'auditor', ...INVESTIGATING],
        },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listAccessDelays',
        tags: ['accesses'],
        summary: 'List the delays of what an employer sees of accesses',
        description:
          'An agency sees its own, auditors see all, and the employer sees those that are over. Agencies need ' +
          'audit:read or sanctions:write.',
        params: EmployerParams,
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(AccessDelay, 'AccessDelayPage') },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      if (actor.kind !== 'employer') requireScope(actor, 'audit:read', 'sanctions:write');
      const { employerId } = await findEmployer(deps.database.pool, actor, request.params.employer);
      const { limit, cursor } = request.query;
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = [
        `d.employer_id = ${bind(employerId)}`,
        ...visibleDelays(actor, dayOf(deps.clock()), bind),
      ];
      if (cursor) where.push(`d.delay_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
      return sendList<AccessDelayRow>(deps, request, reply, {
        sql: `${SELECT_ACCESS_DELAYS} where ${where.join(' and ')} order by d.delay_id`,
        values,
        limit,
        key: (row) => [row.delay_id],
        view: (row) => accessDelayView(row, actor),
        csv: CSV,
      });
    },
  );
};

function visibleDelays({ kind, agency }: Actor, today: Day, bind: (value: unknown) => string): string[] {
  if (kind === 'auditor') return [];
  if (kind === 'employer') return [`d.ends_on < ${bind(today)}`];
  return [`d.agency_code = ${bind(agency)}`];
}

const CSV = [
  'id',
  'employerId',
  'agency',
  'startsOn',
  'endsOn',
  'caseReference',
  'reason',
  'recordedBy',
  'recordedAt',
] as const;
