import type { FastifyReply } from 'fastify';
import type { Deps } from '#src/deps.ts';
import { type Day, dayOf } from '#src/domain/civil.ts';
import { type RowFilter, renewStale } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { underRegions, visibleRows } from '#src/http/actor.ts';
import { pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { SEEING } from './inspection.ts';
import { QueueItem, type QueueRow, queueView } from './queue-item.ts';
import { type QueueAsked, QueueQuery, queueQuery } from './queue-query.ts';

const PATH = '/v1/inspections/queue';

export const listInspectionQueue: UseCase = (app, deps) => {
  app.get(
    PATH,
    {
      config: {
        access: { anyOf: ['compliance:read'], kinds: SEEING },
        problems: ['not_acceptable'],
      },
      schema: {
        operationId: 'listInspectionQueue',
        tags: ['inspections'],
        summary: 'List employers to inspect, the highest priority first',
        description:
          'Everyone with a breach or a warning today, ranked by the weights of `policy/inspection-weights`. A search ' +
          'around a place finds everyone within the radius whose place is known; where there are others in the ' +
          'queue, a `Link` header with `rel="related"` leads to them (`located=false`).',
        querystring: QueueQuery,
        response: { 200: pageOf(QueueItem, 'InspectionQueuePage') },
      },
    },
    async (request, reply) => {
      const asked = request.query;
      const actor = actorOf(request);
      const today = dayOf(deps.clock());
      const scope: RowFilter = (alias, bind) =>
        [
          visibleRows(actor, alias, bind),
          ...(asked.region ? [underRegions([asked.region], alias, bind)] : []),
        ].join(' and ');
      const query = queueQuery(asked, scope, today);
      await renewStale(deps, scope, today);
      if (asked.near) await linkToUnlocated(deps, reply, asked, scope, today);
      return sendList<QueueRow>(deps, request, reply, {
        ...query,
        limit: asked.limit,
        key: (row) => [row.priority, row.employer_id],
        view: (row) => queueView(row, deps.law, today),
        csv: CSV,
      });
    },
  );
};

/** Says where those are that no search around a place finds, if there are any (RFC 8288). */
async function linkToUnlocated(
  deps: Deps,
  reply: FastifyReply,
  { near: _near, radiusMetres: _radius, cursor: _cursor, limit: _limit, ...asked }: QueueAsked,
  scope: RowFilter,
  today: Day,
): Promise<void> {
  const others = { ...asked, located: 'false' as const };
  const { sql, values } = queueQuery({ ...others, limit: 1 }, scope, today);
  const found = await deps.database.reader.query(`select exists (${sql}) as others`, values);
  if (!found.rows[0].others) return;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(others)) if (value !== undefined) query.set(name, String(value));
  reply.header('link', `<${PATH}?${query}>; rel="related"; title="without a known place"`);
}

const CSV = [
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.nib',
  'employer.regionCode',
  'employer.scale',
  'employer.isVendor',
  'employer.location.latitude',
  'employer.location.longitude',
  'priority.points',
  'priority.parts.name',
  'priority.parts.points',
  'priority.parts.because.id',
  'priority.parts.because.en',
  'status',
  'codes',
  'arrears.months',
  'arrears.contributions',
  'arrears.lateCharge',
  'arrears.total',
  'arrears.oldestPeriod',
  'distanceMetres',
  'assignment.inspectionId',
  'assignment.inspector',
  'assignment.plannedOn',
] as const;
