import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { MAX_RUPIAH } from '#src/domain/money.ts';
import { SCALES } from '#src/domain/parameters.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { dueSince } from '#src/domain/verdict/due-since.ts';
import { renewStale } from '#src/facts/index.ts';
import { KbliPrefix, RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { PageQuery, pageOf } from '#src/http/cursor.ts';
import { countQuery, listOf, yesNo } from '#src/http/fields.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { NonCompliantEmployer, type NonCompliantRow, nonCompliantView } from './non-compliant.ts';
import { scopeOf } from './scope.ts';
import { SORT_NAMES, SORTS } from './sorts.ts';

const Query = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional(),
  status: listOf(STATUSES).default(['non_compliant', 'not_registered', 'regularising']),
  code: listOf(REASON_CODES).optional().meta({ description: 'With any of these reasons' }),
  minMonths: countQuery(0, 2000).optional().meta({ description: 'Months in arrears' }),
  minAmount: countQuery(0, MAX_RUPIAH).optional().meta({ description: 'Total of arrears' }),
  scale: z.enum(SCALES).optional(),
  kbli: KbliPrefix.optional(),
  vendor: yesNo.optional().meta({ description: 'Only outsourcing vendors, or only others' }),
  flagged: yesNo.optional().meta({ description: 'Only those with a restriction in force, or only others' }),
  sort: z.enum(SORT_NAMES).default('-arrears'),
});

export const listNonCompliant: UseCase = (app, deps) => {
  app.get(
    '/v1/non-compliant-employers',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listNonCompliant',
        tags: ['compliance'],
        summary: 'List employers by what holds of them today',
        querystring: Query,
        response: { 200: pageOf(NonCompliantEmployer, 'NonCompliantPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, region, sort: sortName, ...filters } = request.query;
      const actor = actorOf(request);
      const today = dayOf(deps.clock());
      const scope = scopeOf(actor, region);
      await renewStale(deps, scope, today);

      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const sort = SORTS[sortName];
      const where = [
        `s.due_since = ${bind(dueSince(deps.law, today))}`,
        `s.from_on <= ${bind(today)} and s.until_on > ${bind(today)}`,
        scope('s', bind),
      ];
      where.push(...conditions(filters, bind));
      if (cursor) where.push(sort.after(cursor, bind));
      return sendList<NonCompliantRow>(deps, request, reply, {
        sql: `${SELECT} where ${where.join(' and ')} order by ${sort.order}`,
        values,
        limit,
        key: sort.key,
        view: (row) => nonCompliantView(row, today),
        csv: CSV,
      });
    },
  );
};

type Filters = Omit<z.output<typeof Query>, 'limit' | 'cursor' | 'region' | 'sort'>;

function conditions(filters: Filters, bind: (value: unknown) => string): string[] {
  const { status, code, minMonths, minAmount, scale, kbli, vendor, flagged } = filters;
  const where = [`s.status = any(${bind(status)}::text[])`];
  if (code) where.push(`s.codes && ${bind(code)}::text[]`);
  if (minMonths !== undefined) where.push(`s.months >= ${bind(minMonths)}`);
  if (minAmount !== undefined) where.push(`s.total >= ${bind(minAmount)}`);
  if (scale) where.push(`e.scale = ${bind(scale)}`);
  if (kbli) where.push(`e.kbli_code like ${bind(`${kbli}%`)}`);
  if (vendor) where.push(`(e.outsourcing_licence is not null) = ${bind(vendor === 'true')}`);
  if (flagged) where.push(`s.flagged = ${bind(flagged === 'true')}`);
  return where;
}

const SELECT = `
  select s.employer_id, s.legal_name, e.npp, s.region_code, e.scale, e.outsourcing_licence is not null as is_vendor,
         s.status, s.codes, s.months, s.contributions, s.late_charge, s.total, s.oldest_period, s.since,
         case when s.flagged then (select json_build_object('flags', m.facts->'flags', 'sanctions', m.facts->'sanctions')
                                   from summaries m where m.employer_id = s.employer_id)
         end as restricting
  from stretches s join employers e on e.employer_id = s.employer_id`;

const CSV = [
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.regionCode',
  'employer.scale',
  'employer.isVendor',
  'status',
  'codes',
  'arrears.months',
  'arrears.contributions',
  'arrears.lateCharge',
  'arrears.total',
  'arrears.oldestPeriod',
  'since',
] as const;
