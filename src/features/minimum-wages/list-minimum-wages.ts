import { z } from 'zod';
import { MINIMUM_WAGE_COLUMNS, type MinimumWageRow, minimumWageOf } from '#src/facts/index.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { underRegions } from '#src/http/actor.ts';
import { refuseClocks } from '#src/http/clocks.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { sendList } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';
import { KnownAt, MinimumWage, minimumWageView, YearField } from './minimum-wage.ts';

const Query = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional().meta({ description: 'A region, with those below it' }),
  year: YearField.optional(),
  knownAt: KnownAt,
});

export const listMinimumWages: UseCase = (app, deps) => {
  app.get(
    '/v1/minimum-wages',
    {
      config: {
        access: { anyOf: ['registry:read', 'compliance:read', 'evidence:write'] },
        problems: ['not_acceptable'],
      },
      schema: {
        operationId: 'listMinimumWages',
        tags: ['minimum wages'],
        summary: 'List the minimum wages that hold, by region and year',
        querystring: Query,
        response: { 200: pageOf(MinimumWage, 'MinimumWagePage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor, region, year, knownAt } = request.query;
      refuseClocks(deps, { knownAt });
      const values: unknown[] = [];
      const bind = (value: unknown) => `$${values.push(value)}`;
      const where = [`w.recorded_at <= ${bind(knownAt ?? 'infinity')}`];
      if (region) where.push(underRegions([region], 'w', bind));
      if (year !== undefined) where.push(`w.year = ${bind(year)}`);
      if (cursor) {
        const [afterRegion, afterYear] = decodeCursor(cursor, ['text', 'integer']);
        where.push(`(w.region_code, w.year) > (${bind(afterRegion)}, ${bind(afterYear)}::bigint)`);
      }
      return sendList(deps, request, reply, {
        sql: `select distinct on (w.region_code, w.year) ${MINIMUM_WAGE_COLUMNS} from minimum_wages w
              where ${where.join(' and ')} order by w.region_code, w.year, w.recorded_at desc`,
        values,
        limit,
        key: (row: MinimumWageRow) => [row.region_code, row.year],
        view: (row: MinimumWageRow) => minimumWageView(minimumWageOf(row)),
        csv: CSV,
      });
    },
  );
};

const CSV = ['regionCode', 'regionName', 'year', 'monthly', 'source', 'recordedAt'] as const;
