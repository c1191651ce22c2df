import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '#src/deps.ts';
import type { Day } from '#src/domain/civil.ts';
import type { Facts } from '#src/domain/facts.ts';
import { askedOfRoster } from '#src/domain/placements/contract-standing.ts';
import { isVouchedFor, standingOfPlacement } from '#src/domain/placements/statements.ts';
import type { Status } from '#src/domain/status.ts';
import { readPlacedWorkers, renewStale } from '#src/facts/index.ts';
import { decodeCursor } from '#src/http/cursor.ts';
import { sendBatches } from '#src/http/list.ts';
import { type PlacementRow, SELECT_PLACEMENTS, storedPlacement } from '#src/registry/index.ts';
import { type OwnVendorView, ownVendorView } from './own-vendor.ts';

/** SQL text: contracts `p` that run on a day. */
export const currentOn = (day: string) =>
  `p.starts_on <= ${day}::date and (p.ends_on is null or p.ends_on >= ${day}::date)`;

/** Vendors whose rosters are looked through at once. */
const PORTION = 50;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Asked = { limit: number; cursor: string | undefined; status: readonly Status[] | undefined };

/** Answers a principal with the vendors that have a contract with it today, in order of their ids. */
export async function sendOwnVendors(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  principalId: string | undefined,
  { today, limit, cursor, status }: Asked & { today: Day },
): Promise<FastifyReply> {
  const own = principalId ?? null;
  await renewStale(
    deps,
    (alias, bind) =>
      `${alias}.employer_id in (select p.employer_id from placements p
                                where p.principal_id = ${bind(own)} and ${currentOn(bind(today))})`,
    today,
  );
  const after = cursor === undefined ? BEFORE_ALL : String(decodeCursor(cursor, ['uuid'])[0]);
  return sendBatches<OwnVendorView>(request, reply, {
    batches: ownVendors(deps, own, { today, after, status }),
    limit,
    key: ({ employer }) => [employer.id],
    view: (vendor) => vendor,
    csv: CSV,
  });
}

async function* ownVendors(
  deps: Deps,
  principalId: string | null,
  { today, after, status }: { today: Day; after: string; status: readonly Status[] | undefined },
): AsyncGenerator<OwnVendorView[]> {
  for (let last = after; ; ) {
    const found = await deps.database.reader.query<{ employer_id: string; facts: Facts }>(
      `select v.employer_id, m.facts
       from (select distinct p.employer_id from placements p
             where p.principal_id = $1 and p.employer_id > $2 and ${currentOn('$3')}
             order by p.employer_id limit ${PORTION}) v
       join summaries m on m.employer_id = v.employer_id
       order by v.employer_id`,
      [principalId, last, today],
    );
    const vendors = new Map(found.rows.map((row) => [row.employer_id, row.facts]));
    const views = await viewsOf(deps, principalId, vendors, today);
    yield status ? views.filter((view) => view.status && status.includes(view.status)) : views;
    if (found.rows.length < PORTION) return;
    last = found.rows.at(-1)!.employer_id;
  }
}

/** In the order of `vendors`. */
async function viewsOf(
  deps: Deps,
  principalId: string | null,
  vendors: ReadonlyMap<string, Facts>,
  today: Day,
): Promise<OwnVendorView[]> {
  const found = await deps.database.reader.query<PlacementRow>(
    `${SELECT_PLACEMENTS}
     where p.principal_id = $1 and p.employer_id = any($2::uuid[]) and ${currentOn('$3')}
     order by p.employer_id, p.placement_id`,
    [principalId, [...vendors.keys()], today],
  );
  const contracts = found.rows.map((row) => {
    const placement = storedPlacement(row);
    const facts = vendors.get(placement.vendor.id)!;
    const { terms } = standingOfPlacement(placement.statements);
    // What is not shown is not looked up either: anybody can name any company as its vendor.
    const asked = isVouchedFor(placement.statements) && askedOfRoster(facts, deps.law, today, terms);
    return { placement, asked: asked || undefined };
  });
  const asked = contracts.flatMap(({ placement, asked: each }) =>
    each ? [{ ...each, employerId: placement.vendor.id }] : [],
  );
  const shown = (await readPlacedWorkers(deps, asked)).values();
  const counted = contracts.map(({ placement, asked: each }) => ({
    placement,
    placed: each && shown.next().value,
  }));
  const byVendor = Map.groupBy(counted, ({ placement }) => placement.vendor.id);
  return [...byVendor].map(([id, own]) => ownVendorView(vendors.get(id)!, deps.law, today, own));
}

const CSV = [
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'status',
  'validUntil',
  'placements.current',
  'placements.contracted',
  'placements.declared',
  'placements.missing',
] as const;
