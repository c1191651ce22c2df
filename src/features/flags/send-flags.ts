import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { FLAG_KINDS, FLAG_STATES } from '#src/domain/flags.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Flag, flagView } from './flag.ts';
import { type FlagRow, SELECT_FLAGS, stateOn, storedFlag, visibleFlags } from './stored-flag.ts';

/** Query of a list of flags. */
export const FlagQuery = z.strictObject({
  ...PageQuery,
  state: z.enum(FLAG_STATES).optional().meta({ description: 'State today' }),
  kind: z.enum(FLAG_KINDS).optional(),
});

export const FlagPage = pageOf(Flag, 'FlagPage');

/** Answers with the flags that the caller may see, in order of their ids; `employer` is a reference to one. */
export async function sendFlags(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, state, kind, employer }: z.output<typeof FlagQuery> & { employer?: string | undefined },
): Promise<FastifyReply> {
  const actor = actorOf(request);
  const today = dayOf(deps.clock());
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [visibleFlags(actor, bind)];
  if (employer !== undefined) {
    const { employerId } = await findEmployer(deps.database.pool, actor, employer);
    where.push(`f.employer_id = ${bind(employerId)}`);
  }
  if (kind) where.push(`f.kind = ${bind(kind)}`);
  if (state) where.push(`${stateOn(bind(today))} = ${bind(state)}`);
  if (cursor) where.push(`f.flag_id > ${bind(decodeCursor(cursor, ['uuid'])[0])}::uuid`);
  return sendList<FlagRow>(deps, request, reply, {
    sql: `${SELECT_FLAGS} where ${where.join(' and ')} order by f.flag_id`,
    values,
    limit,
    key: (row) => [row.flag_id],
    view: (row) => flagView(storedFlag(row), actor, today),
    csv: CSV,
  });
}

const CSV = [
  'id',
  'employerId',
  'kind',
  'agency',
  'ground',
  'article',
  'startsOn',
  'endsOn',
  'evidenceHash',
  'note',
  'state',
  'proposedBy',
  'recordedAt',
] as const;
