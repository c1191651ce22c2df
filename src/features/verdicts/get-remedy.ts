import { z } from 'zod';
import { dayOf } from '#src/domain/civil.ts';
import { REASON_CODES } from '#src/domain/reason-codes.ts';
import { STATUSES } from '#src/domain/status.ts';
import { remedyOf } from '#src/domain/verdict/remedy.ts';
import { remedyText } from '#src/domain/verdict/remedy-text.ts';
import { actorOf } from '#src/http/access.ts';
import { ProgrammeAmounts } from '#src/http/contribution-fields.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { DayField, DayOut, PeriodOut, RupiahOut } from '#src/http/fields.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { readKnown } from './read-clocks.ts';

const Remedy = z
  .object({
    on: DayOut,
    statusNow: z.enum(STATUSES),
    items: z
      .array(
        z.object({
          period: PeriodOut,
          contributions: RupiahOut,
          programmes: ProgrammeAmounts.meta({
            description: 'The contributions by programme, in proportion to the bill',
          }),
          lateCharge: RupiahOut,
        }),
      )
      .max(3000),
    payments: z
      .array(
        z.object({
          amount: RupiahOut,
          paidOn: DayOut,
          period: PeriodOut.optional(),
          penalty: z.boolean().optional(),
        }),
      )
      .max(6000)
      .meta({ description: 'The payments that settle the items, as they are to be made' }),
    other: z
      .array(z.object({ code: z.enum(REASON_CODES), whatToDo: z.string().max(1000) }))
      .max(20)
      .meta({ description: 'What money does not mend' }),
    total: RupiahOut,
    statusOncePaid: z.enum(STATUSES),
    chargePerFurtherMonth: RupiahOut,
    nextIncreaseOn: DayOut.nullable().meta({
      description: 'First day on which the late charge of the items is higher; null where it does not rise',
    }),
  })
  .meta({ id: 'Remedy' });

export const getRemedy: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/remedy',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getRemedy',
        tags: ['compliance'],
        summary: 'What to pay on a day, and what else to do, to be in order',
        params: EmployerParams,
        querystring: z.strictObject({
          on: DayField.optional().meta({ description: 'Day of payment; today if absent' }),
        }),
        response: { 200: Remedy },
      },
    },
    async (request) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const on = request.query.on ?? dayOf(deps.clock());
      const { facts, law } = await readKnown(deps, employerId, { asOf: on }, { dayField: 'on' });
      const { nextIncreaseOn, other, ...remedy } = remedyOf(facts, law, on);
      const language = languageOf(request);
      return {
        ...remedy,
        other: other.map((code) => ({ code, whatToDo: remedyText(code, language) })),
        nextIncreaseOn: nextIncreaseOn ?? null,
      };
    },
  );
};
