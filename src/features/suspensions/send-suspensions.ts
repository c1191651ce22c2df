import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '#src/deps.ts';
import { decodeCursor } from '#src/http/cursor.ts';
import { sendBatches } from '#src/http/list.ts';
import { findEmployer } from '#src/registry/index.ts';
import {
  type Kind,
  SELECT_SUSPENSIONS,
  type StoredRow,
  storedSuspension,
  visibleSuspensions,
} from './stored-suspension.ts';
import { askedBy } from './suspension.ts';
import { type Views, viewSuspensions } from './view-suspensions.ts';

type Filters = {
  limit: number;
  cursor?: string | undefined;
  kind?: Kind;
  /** A reference to one. */
  employer?: string | undefined;
  state?: string | undefined;
};

/** Answers with what the caller may see, in order of the ids. `csv` are the columns that not all kinds have. */
export async function sendSuspensions(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, kind, employer, state }: Filters,
  csv: readonly string[],
): Promise<FastifyReply> {
  const asked = await askedBy(request, deps);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = [visibleSuspensions(asked.actor, bind)];
  if (kind) where.push(`s.kind = ${bind(kind)}`);
  if (employer !== undefined) {
    const { employerId } = await findEmployer(deps.database.reader, asked.actor, employer);
    where.push(`s.employer_id = ${bind(employerId)}`);
  }
  const size = limit + 1;
  const sql = `${SELECT_SUSPENSIONS} where ${where.join(' and ')} and s.suspension_id > ${bind(FIRST)}::uuid
               order by s.suspension_id limit ${size}`;

  let after = cursor ? decodeCursor(cursor, ['uuid'])[0] : FIRST;

  /** A state is computed, hence picked after reading: batch by batch, until there is enough or no more. */
  async function* batches(): AsyncGenerator<Views[Kind][]> {
    for (;;) {
      const found = await deps.database.reader.query<StoredRow>(sql, values.with(-1, after));
      const stored = found.rows.map(storedSuspension);
      const views = await viewSuspensions(deps, deps.database.pool, stored, asked);
      yield state === undefined ? views : views.filter((view) => view.state === state);
      if (found.rows.length < size) return;
      after = found.rows.at(-1)!.suspension_id;
    }
  }

  return sendBatches(request, reply, {
    batches: batches(),
    limit,
    key: ({ id }) => [id],
    view: (view) => view,
    csv: [...BEFORE, ...csv, ...AFTER],
  });
}

/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

const BEFORE = ['id', 'employerId', 'kind', 'agency', 'state'];
const AFTER = ['recordedBy', 'recordedAt', 'ending.kind', 'ending.on', 'ending.upheld', 'ending.reason'];
