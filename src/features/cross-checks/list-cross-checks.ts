import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { CROSS_CHECKS } from '#src/domain/cross-checks/cross-check.ts';
import { MEANINGS } from '#src/domain/cross-checks/meanings.ts';
import { PeriodOut } from '#src/http/fields.ts';
import type { UseCase } from '#src/http/routes.ts';
import { lastDuePeriod } from './asked-period.ts';
import { EXAMINERS } from './cross-check.ts';

const Texts = z.object({ id: z.string().max(1000), en: z.string().max(1000) });

const CrossChecks = z
  .object({
    period: PeriodOut.meta({ description: 'The month that is reported on where none is asked for' }),
    items: z
      .array(
        z.object({
          check: z.enum(CROSS_CHECKS),
          title: Texts,
          meaning: Texts,
          thresholds: z
            .array(
              z.object({
                parameter: z.string().max(200),
                title: Texts,
                value: z.number(),
                unit: z.string().max(50),
                article: z.string().max(500),
              }),
            )
            .max(10)
            .meta({ description: 'Numbers of the ruleset that it depends on, as they hold for that month' }),
        }),
      )
      .max(CROSS_CHECKS.length),
  })
  .meta({ id: 'CrossChecks' });

export const listCrossChecks: UseCase = (app, deps) => {
  app.get(
    '/v1/reports/cross-checks',
    {
      config: { access: { anyOf: ['reports:read'], kinds: EXAMINERS } },
      schema: {
        operationId: 'listCrossChecks',
        tags: ['reports'],
        summary: 'List the cross-checks over all rosters, with what each means and depends on',
        response: { 200: CrossChecks },
      },
    },
    async () => {
      const { law } = await deps.rulesets.now();
      const period = lastDuePeriod(law, dayOf(deps.clock()));
      const items = CROSS_CHECKS.map((check) => {
        const { title, meaning, thresholds } = MEANINGS[check];
        return { check, title, meaning, thresholds: thresholds(law, period) };
      });
      return { period, items };
    },
  );
};
