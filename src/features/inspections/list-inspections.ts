import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { INSPECTION_STATES } from '#src/domain/inspections/inspection.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { underRegions } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { EmployerField } from '#src/http/employer-params.ts';
import { text } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Inspection, inspectionView, SEEING } from './inspection.ts';
import {
  type InspectionRow,
  SELECT_INSPECTIONS,
  storedInspection,
  visibleInspections,
} from './stored-inspection.ts';

const Query = z.strictObject({
  ...PageQuery,
  employer: EmployerField.optional(),
  region: RegionCode.optional(),
  inspector: text(300).optional().meta({ description: 'Claim `sub` of the person' }),
  state: z.enum(INSPECTION_STATES).optional().meta({ description: 'State today' }),
});

export const listInspections: UseCase = (app, deps) => {
  app.get(
    '/v1/inspections',
    {
      config: {
        access: { anyOf: ['compliance:read', 'evidence:write', 'sanctions:write'], kinds: SEEING },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'listInspections',
        tags: ['inspections'],
        summary: 'List inspections of the employers that the caller may see, newest first',
        querystring: Query,
        response: { 200: pageOf(Inspection, 'InspectionPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, employer, region, inspector, state } = request.query;
      const actor = actorOf(request);
      const today = dayOf(deps.clock());
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = [visibleInspections(actor, bind)];
      if (employer !== undefined) {
        const { employerId } = await findEmployer(deps.database.pool, actor, employer);
        where.push(`i.employer_id = ${bind(employerId)}`);
      }
      if (region) where.push(underRegions([region], 'e', bind));
      if (inspector !== undefined) where.push(`i.inspector = ${bind(inspector)}`);
      if (state) where.push(`${stateOn(bind(today))} = ${bind(state)}`);
      if (cursor) where.push(`i.inspection_id < ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
      return sendList<InspectionRow>(deps, request, reply, {
        sql: `${SELECT_INSPECTIONS} where ${where.join(' and ')} order by i.inspection_id desc`,
        values,
        limit,
        key: (row) => [row.inspection_id],
        view: (row) => inspectionView(storedInspection(row), today),
        csv: CSV,
      });
    },
  );
};

/** SQL text: the domain's `inspectionState` over again, so that rows are filtered where they are read. */
function stateOn(day: string): string {
  return `case when o.kind is not null then o.kind when i.planned_on < ${day}::date then 'overdue' else 'assigned' end`;
}

const CSV = [
  'id',
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.regionCode',
  'agency',
  'inspector',
  'plannedOn',
  'state',
  'claims',
  'priority.points',
  'note',
  'assignedBy',
  'recordedAt',
  'outcome.kind',
  'outcome.on',
  'outcome.found',
  'outcome.note',
] as const;
