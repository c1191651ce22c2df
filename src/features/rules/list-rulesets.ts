import { z } from 'zod';
import { decodeCursor, PageQuery, pageOf } from '#src/http/cursor.ts';
import { InstantOut } from '#src/http/fields.ts';
import { sendRows } from '#src/http/list.ts';
import type { UseCase } from '#src/http/routes.ts';

const AdoptedRuleset = z
  .object({
    version: z.string().max(100),
    adoptedAt: InstantOut.meta({
      description: 'Questions about what was known from then on are answered by it',
    }),
    supersededAt: InstantOut.optional(),
    current: z.boolean(),
  })
  .meta({ id: 'AdoptedRuleset' });

export const listRulesets: UseCase = (app, deps) => {
  app.get(
    '/v1/rulesets',
    {
      config: { access: { anyOf: [] }, problems: ['not_acceptable'] },
      schema: {
        operationId: 'listRulesets',
        tags: ['rules'],
        summary:
          'List the rulesets that were in force, newest first; one that was taken up again stands twice',
        querystring: z.strictObject(PageQuery),
        response: { 200: pageOf(AdoptedRuleset, 'RulesetPage') },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query;
      const before = cursor === undefined ? undefined : String(decodeCursor(cursor, ['text'])[0]);
      const adoptions = await deps.rulesets.adoptions();
      const rows = adoptions.map((adoption, index) => ({
        ...adoption,
        supersededAt: adoptions[index + 1]?.adoptedAt,
      }));
      return sendRows(request, reply, {
        rows: rows.reverse().filter(({ adoptedAt }) => before === undefined || adoptedAt < before),
        limit,
        key: ({ adoptedAt }) => [adoptedAt],
        view: ({ version, adoptedAt, supersededAt }): z.input<typeof AdoptedRuleset> => ({
          version,
          adoptedAt,
          ...(supersededAt !== undefined && { supersededAt }),
          current: supersededAt === undefined,
        }),
        csv: CSV,
      });
    },
  );
};

const CSV = ['version', 'adoptedAt', 'supersededAt', 'current'] as const;
