import { z } from 'zod';
import { calculateWageEarner } from '#src/domain/calculation.ts';
import { JKK_CLASSES } from '#src/domain/parameters.ts';
import { ProgrammeShares, ProgrammesField } from '#src/http/contribution-fields.ts';
import { AmountField, CalendarProvisional, DayOut, PeriodField, RupiahOut } from '#src/http/fields.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';

const CalculationCreate = z
  .strictObject({
    segment: z.literal('PU').meta({ description: 'PU: wage earners (penerima upah)' }),
    period: PeriodField,
    wage: AmountField,
    jkkClass: z.enum(JKK_CLASSES).optional().meta({ description: 'Class I if absent' }),
    programmes: ProgrammesField,
  })
  .meta({ id: 'CalculationCreate' });

const Calculation = z
  .object({
    programmes: ProgrammeShares,
    totals: z.object({ employer: RupiahOut, worker: RupiahOut, bill: RupiahOut }),
    dueOn: DayOut,
    calendarProvisional: CalendarProvisional,
    steps: z
      .array(
        z.object({
          what: z.string().max(500),
          formula: z.string().max(500),
          value: z.union([z.int(), z.string().max(100)]),
          article: z.string().max(300),
        }),
      )
      .max(50),
  })
  .meta({ id: 'Calculation' });

export const calculateContributions: UseCase = (app, deps) => {
  app.post(
    '/v1/calculations',
    {
      config: { access: { anyOf: [] }, problems: ['parameter_not_published', 'period_not_covered'] },
      schema: {
        operationId: 'calculateContributions',
        tags: ['rules'],
        summary: 'What one wage earner costs in a month, step by step, with the articles',
        body: CalculationCreate,
        response: { 200: Calculation },
      },
    },
    async (request) => {
      const { period, wage, jkkClass, programmes } = request.body;
      const worker = { wage, jkkClass, programmes };
      const parameters = deps.law.at(period);
      return {
        ...calculateWageEarner(parameters, worker, languageOf(request)),
        ...(parameters.calendarProvisional && { calendarProvisional: true }),
      };
    },
  );
};
