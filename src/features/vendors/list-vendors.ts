import { z } from 'zod';
import { type Day, dayOf } from '#src/domain/civil.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { type RowFilter, renewStale } from '#src/facts/index.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { type Actor, refuseForEmployers, underRegions } from '#src/http/actor.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { listOf } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { OwnVendor } from './own-vendor.ts';
import { currentOn, sendOwnVendors } from './send-own-vendors.ts';
import { Vendor, type VendorRow, vendorView } from './vendor.ts';

const Query = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional().meta({ description: 'For agencies only' }),
  status: listOf(STATUSES).optional(),
  code: listOf(REASON_CODES).optional().meta({ description: 'With any of these reasons; for agencies only' }),
});

export const listVendors: UseCase = (app, deps) => {
  app.get(
    '/v1/vendors',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listVendors',
        tags: ['placements'],
        summary:
          'List outsourcing vendors, those with the worst reason first; an employer gets those that work for it today',
        querystring: Query,
        response: { 200: pageOf(z.union([Vendor, OwnVendor]), 'VendorPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, status, region, code } = request.query;
      const actor = actorOf(request);
      const today = dayOf(deps.clock());
      refuseForEmployers(actor, { region, code });
      if (actor.kind === 'employer') {
        return sendOwnVendors(deps, request, reply, actor.employerId, { today, limit, cursor, status });
      }
      await renewStale(deps, vendorsAlone(scopeOf(actor, region)), today);
      const { sql, values } = vendorsQuery(actor, today, { cursor, status, region, code });
      const language = languageOf(request);
      reply.header('content-language', language);
      return sendList<VendorRow>(deps, request, reply, {
        sql,
        values,
        limit,
        key: ({ gravity, total, employer_id: id }) => [gravity, total, id],
        view: (row) => vendorView(row, deps.law, today, language),
        csv: CSV,
      });
    },
  );
};

/** Vendors in the regions of the caller, and in that region of them. */
function scopeOf(actor: Actor, region: string | undefined): RowFilter {
  return (alias, bind) => {
    const asked = region ? [underRegions([region], alias, bind)] : [];
    return [underRegions(actor.regions, alias, bind), ...asked].join(' and ');
  };
}

/** The same without the many employers that the list does not show. */
function vendorsAlone(scope: RowFilter): RowFilter {
  return (alias, bind) =>
    `${scope(alias, bind)} and ${alias}.employer_id in (select v.employer_id from employers v
                                                        where v.outsourcing_licence is not null)`;
}

type Filters = Pick<z.output<typeof Query>, 'cursor' | 'status' | 'region' | 'code'>;

/** The list of an agency as one query, in the order of the index of vendors. */
export function vendorsQuery(
  actor: Actor,
  today: Day,
  { cursor, status, region, code }: Filters,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const day = bind(today);
  const where = [
    `s.vendor and s.from_on <= ${day} and s.until_on > ${day}`,
    scopeOf(actor, region)('s', bind),
  ];
  if (status) where.push(`s.status = any(${bind(status)}::text[])`);
  if (code) where.push(`s.codes && ${bind(code)}::text[]`);
  if (cursor) {
    const [gravity, total, id] = decodeCursor(cursor, ['integer', 'integer', 'uuid']).map(bind);
    where.push(`(s.gravity, s.total, s.employer_id) < (${gravity}::bigint, ${total}::bigint, ${id}::uuid)`);
  }
  const sql = `
    select s.employer_id, s.legal_name, e.npp, s.region_code, e.scale, s.gravity, s.total, m.facts,
           c.current, c.contracted, c.disputed
    from stretches s
    join employers e on e.employer_id = s.employer_id
    join summaries m on m.employer_id = s.employer_id
    cross join lateral (
      select count(*)::int as current, coalesce(sum(p.workers_contracted), 0)::bigint as contracted,
             (count(*) filter (where p.state = 'disputed'))::int as disputed
      from placements p where p.employer_id = s.employer_id and ${currentOn(day)}
    ) c
    where ${where.join(' and ')}
    order by s.gravity desc, s.total desc, s.employer_id desc`;
  return { sql, values };
}

const CSV = [
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.regionCode',
  'employer.scale',
  'status',
  'worst.code',
  'worst.severity',
  'worst.since',
  'worst.detail',
  'arrears.months',
  'arrears.contributions',
  'arrears.lateCharge',
  'arrears.total',
  'arrears.oldestPeriod',
  'placements.current',
  'placements.contracted',
  'placements.disputed',
] as const;
