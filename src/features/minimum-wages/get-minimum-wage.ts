import { z } from 'zod';
import { MINIMUM_WAGE_COLUMNS, type MinimumWageRow, minimumWageOf } from '#src/facts/index.ts';
import { refuseClocks } from '#src/http/clocks.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import {
  KnownAt,
  MinimumWageParams,
  MinimumWageWithHistory,
  minimumWageView,
  requireKnownRegion,
} from './minimum-wage.ts';

export const getMinimumWage: UseCase = (app, deps) => {
  app.get(
    '/v1/minimum-wages/:regionCode/:year',
    {
      preValidation: async ({ params }) => requireKnownRegion(deps, params),
      config: {
        access: { anyOf: ['registry:read', 'compliance:read', 'evidence:write'] },
        problems: ['not_found'],
      },
      schema: {
        operationId: 'getMinimumWage',
        tags: ['minimum wages'],
        summary: 'The minimum wage that was stated for a region and year, with what was stated before',
        params: MinimumWageParams,
        querystring: z.strictObject({ knownAt: KnownAt }),
        response: { 200: MinimumWageWithHistory },
      },
    },
    async (request) => {
      const { knownAt } = request.query;
      refuseClocks(deps, { knownAt });
      const { regionCode, year } = request.params;
      const found = await deps.database.reader.query<MinimumWageRow>(
        `select ${MINIMUM_WAGE_COLUMNS} from minimum_wages w
         where w.region_code = $1 and w.year = $2 and w.recorded_at <= $3 order by w.recorded_at desc`,
        [regionCode, year, knownAt ?? 'infinity'],
      );
      const history = found.rows.map(minimumWageOf).map(minimumWageView);
      if (!history[0]) {
        const detail = { id: 'Upah minimum belum tercatat.', en: 'No such minimum wage is recorded.' };
        throw new Problem('not_found', { detail });
      }
      return {
        ...history[0],
        history: history.map(({ monthly, source, recordedAt }) => ({
          monthly,
          ...(source !== undefined && { source }),
          recordedAt,
        })),
      };
    },
  );
};
