import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { SANCTION_STATES, SANCTION_STEPS, SANCTIONABLE } from '#src/domain/sanctions.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, underRegions } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendBatches } from '#src/http/list.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Sanction, type SanctionView } from './sanction.ts';
import { viewSanctions } from './sanction-view.ts';
import { type SanctionRow, selectSanctions, storedSanction, visibleSanctions } from './stored-sanction.ts';

/** Query of a list of procedures. */
export const SanctionQuery = z.strictObject({
  ...PageQuery,
  state: z.enum(SANCTION_STATES).optional().meta({ description: 'State today' }),
  code: z.enum(SANCTIONABLE).optional().meta({ description: 'Among its breaches' }),
  step: z.enum(SANCTION_STEPS).optional().meta({ description: 'The newest step that the caller sees' }),
});

export const SanctionPage = pageOf(Sanction, 'SanctionPage');

type Filters = z.output<typeof SanctionQuery> & {
  region?: string | undefined;
  /** A reference to one. */
  employer?: string | undefined;
};

/** Before every id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Answers with the procedures of which the caller may see something, in order of their ids. */
export async function sendSanctions(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  { limit, cursor, state, step, ...filters }: Filters,
): Promise<FastifyReply> {
  const actor = actorOf(request);
  const { law } = await deps.rulesets.now();
  const asked = { actor, law, today: dayOf(deps.clock()) };
  const { sql, values } = await queryOf(deps, actor, filters);
  const size = limit + 1;
  let after = cursor ? decodeCursor(cursor, ['uuid'])[0] : FIRST;

  /** State and steps are computed, hence picked after reading: batch by batch, until there is enough or no more. */
  async function* batches(): AsyncGenerator<SanctionView[]> {
    for (;;) {
      const found = await deps.database.reader.query<SanctionRow>(`${sql} limit ${size}`, [after, ...values]);
      const stored = found.rows.map((row) => storedSanction(row, actor));
      const views = await viewSanctions(deps, deps.database.pool, stored, asked);
      yield views.filter(
        (view) => view.state === (state ?? view.state) && (!step || view.steps.at(-1)?.step === step),
      );
      if (found.rows.length < size) return;
      after = found.rows.at(-1)!.sanction_id;
    }
  }

  return sendBatches(request, reply, {
    batches: batches(),
    limit,
    key: ({ id }) => [id],
    view: ({ steps, ...view }) => ({ ...view, steps, lastStep: steps.at(-1) }),
    csv: CSV,
  });
}

/** The rows after the id `$1`; `values` are those from `$2` on. */
async function queryOf(
  deps: Deps,
  actor: Actor,
  { employer, region, code }: Pick<Filters, 'employer' | 'region' | 'code'>,
): Promise<{ sql: string; values: unknown[] }> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value) + 1}`;
  const select = selectSanctions(actor, bind);
  const where = [`s.sanction_id > $1::uuid`, visibleSanctions(actor, bind)];
  if (employer !== undefined) {
    const { employerId } = await findEmployer(deps.database.reader, actor, employer);
    where.push(`s.employer_id = ${bind(employerId)}`);
  }
  if (region) where.push(underRegions([region], 'e', bind));
  if (code) where.push(`s.codes @> array[${bind(code)}]`);
  return { sql: `${select} where ${where.join(' and ')} order by s.sanction_id`, values };
}

const CSV = [
  'id',
  'employerId',
  'employer.legalName',
  'employer.npp',
  'employer.nib',
  'employer.regionCode',
  'agency',
  'codes',
  'openedOn',
  'state',
  'mendedOn',
  'lastStep.step',
  'lastStep.on',
  'fine.total',
  'arrears.months',
  'arrears.total',
  'recordedAt',
] as const;
