import { z } from 'zod';
import { actorOf } from '#src/http/access.ts';
import { type Actor, visibleRows } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { text } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { ConflictOfInterest, type ConflictRow, conflictView, SELECT_CONFLICTS } from './conflict.ts';
import { INSPECTING } from './inspection.ts';

const Query = z.strictObject({
  ...PageQuery,
  employer: EmployerField.optional(),
  inspector: text(300).optional().meta({ description: 'Claim `sub` of the person' }),
});

export const listConflicts: UseCase = (app, deps) => {
  app.get(
    '/v1/inspections/conflicts',
    {
      config: {
        access: {
          anyOf: ['evidence:write', 'sanctions:write', 'audit:read'],
          kinds: [...INSPECTING, 'auditor'],
        },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listConflicts',
        tags: ['inspections'],
        summary: "List conflicts of interest of the caller's own agency",
        description: 'Auditors and operators see those of all agencies, about employers of their regions.',
        querystring: Query,
        response: { 200: pageOf(ConflictOfInterest, 'ConflictPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, employer, inspector } = request.query;
      const actor = actorOf(request);
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = [visibleConflicts(actor, bind)];
      if (employer !== undefined) {
        const { employerId } = await findEmployer(deps.database.pool, actor, employer);
        where.push(`c.employer_id = ${bind(employerId)}`);
      }
      if (inspector !== undefined) where.push(`c.inspector = ${bind(inspector)}`);
      if (cursor) where.push(`c.conflict_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
      return sendList<ConflictRow>(deps, request, reply, {
        sql: `${SELECT_CONFLICTS} join employers e on e.employer_id = c.employer_id
              where ${where.join(' and ')} order by c.conflict_id`,
        values,
        limit,
        key: (row) => [row.conflict_id],
        view: conflictView,
        csv: CSV,
      });
    },
  );
};

/** SQL text: what a person has to do with a company is for that person's agency, and for those who watch over all. */
function visibleConflicts(actor: Actor, bind: (value: unknown) => string): string {
  const own = `c.agency_code = ${bind(actor.agency)}`;
  const watches = actor.kind === 'auditor' || actor.kind === 'operator';
  return watches ? `(${own} or ${visibleRows(actor, 'e', bind)})` : own;
}

const CSV = [
  'id',
  'employerId',
  'agency',
  'inspector',
  'reason',
  'startsOn',
  'endsOn',
  'declaredBy',
  'recordedAt',
] as const;
