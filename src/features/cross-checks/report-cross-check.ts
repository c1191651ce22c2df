import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { CROSS_CHECKS, type CrossCheckName } from '#src/domain/cross-checks/cross-check.ts';
import { RegionCode } from '#src/features/employers/employer.ts';
import { actorOf } from '#src/http/access.ts';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { PeriodField, text } from '#src/http/fields.ts';
import { sendBatches } from '#src/http/list.ts';
import { Problem } from '#src/http/problem.ts';
import { PurposeField } from '#src/http/reading-persons.ts';
import type { UseCase } from '#src/http/routes.ts';
import { pauses } from '#src/http/turns.ts';
import { lastDuePeriod, refuseUndeclarable } from './asked-period.ts';
import { CrossCheckRow, crossCheckView, EXAMINERS } from './cross-check.ts';
import { FINDERS, findItems } from './find-items.ts';
import { withWorkerIds } from './worker-ids.ts';

const Params = z.strictObject({
  check: text(40).meta({ description: `One of ${CROSS_CHECKS.join(', ')}`, examples: [CROSS_CHECKS[0]] }),
});

const Query = z.strictObject({
  ...PageQuery,
  region: RegionCode.optional(),
  period: PeriodField.optional().meta({ description: 'The last month whose due day has passed if absent' }),
  purpose: PurposeField,
});

export const reportCrossCheck: UseCase = (app, deps) => {
  app.get(
    '/v1/reports/cross-checks/:check',
    {
      config: {
        access: { anyOf: ['reports:read'], kinds: EXAMINERS },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'reportCrossCheck',
        tags: ['reports'],
        summary: 'Report the employers of which a cross-check over all rosters of a month finds something',
        description:
          'In the order of their ids. Nobody is named: with `workers:read`, pages of JSON show the ids of workers, ' +
          'and each such reading is recorded.',
        params: Params,
        querystring: Query,
        response: { 200: pageOf(CrossCheckRow, 'CrossCheckPage') },
      },
    },
    async (request, reply) => {
      const check = knownCheck(request.params.check);
      const { limit, cursor, region, purpose, period: asked } = request.query;
      const today = dayOf(deps.clock());
      const { law } = await deps.rulesets.now();
      if (asked !== undefined) refuseUndeclarable(law, today, asked);
      const period = asked ?? lastDuePeriod(law, today);
      const question = {
        deps,
        actor: actorOf(request),
        law,
        region,
        period,
        pause: pauses(),
        kept: new Map(),
      };
      const after = cursor ? String(decodeCursor(cursor, ['uuid'])[0]) : undefined;
      return sendBatches(request, reply, {
        batches: findItems(check, question, after),
        limit,
        completed: (items) => withWorkerIds(question, request, { check, purpose }, items),
        key: ({ employer }) => [employer.employerId],
        view: crossCheckView,
        csv: [...EMPLOYER_COLUMNS, ...FINDERS[check].csv, 'reason.id', 'reason.en'],
      });
    },
  );
};

function knownCheck(name: string): CrossCheckName {
  const check = CROSS_CHECKS.find((each) => each === name);
  if (check !== undefined) return check;
  throw new Problem('not_found', {
    detail: { id: 'Tidak ada pemeriksaan silang bernama itu.', en: 'No such cross-check.' },
  });
}

const EMPLOYER_COLUMNS = [
  'employer.id',
  'employer.legalName',
  'employer.npp',
  'employer.regionCode',
  'employer.scale',
  'employer.isVendor',
  'period',
  'workers',
] as const;
