import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { PLACEMENT_STATES } from '#src/domain/placements/statements.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import {
  type PlacementRow,
  SELECT_PLACEMENTS,
  storedPlacement,
  visiblePlacements,
} from '#src/registry/index.ts';
import { ListedPlacement } from './placement.ts';
import { listedView } from './views.ts';

/** Query of a list of placements. */
export const PlacementQuery = z.strictObject({
  ...PageQuery,
  state: z.enum(PLACEMENT_STATES).optional(),
  mismatch: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Only those on whose terms the sides differ, or only others' }),
});

export const PlacementPage = pageOf(ListedPlacement, 'PlacementPage');

/** Answers with the placements that the caller may see and that meet `more`, in order of their ids. */
export async function sendPlacements(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, state, mismatch }: z.output<typeof PlacementQuery>,
  more: (bind: (value: unknown) => string) => string[],
): Promise<FastifyReply> {
  const actor = actorOf(request);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [visiblePlacements(actor, bind), ...more(bind)];
  if (state) where.push(`p.state = ${bind(state)}`);
  if (mismatch) where.push(`(p.differing <> '{}') = ${bind(mismatch === 'true')}`);
  if (cursor) where.push(`p.placement_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
  return sendList<PlacementRow>(deps, request, reply, {
    sql: `${SELECT_PLACEMENTS} where ${where.join(' and ')} order by p.placement_id`,
    values,
    limit,
    key: (row) => [row.placement_id],
    view: (row) => listedView(storedPlacement(row), actor),
    csv: CSV,
  });
}

const CSV = [
  'id',
  'vendor.id',
  'vendor.legalName',
  'vendor.npp',
  'unlicensed',
  'principal.employerId',
  'principal.name',
  'contractNumber',
  'procurementReference',
  'startsOn',
  'endsOn',
  'workersContracted',
  'billedMonthlyWage',
  'confirmedByPrincipal',
  'declaredBy',
  'agency',
  'state',
  'createdAt',
  'updatedAt',
] as const;
