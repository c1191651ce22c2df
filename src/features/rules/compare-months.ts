import { z } from 'zod';
import { PeriodNotCovered } from '#src/domain/parameters.ts';
import { PeriodField, PeriodOut } from '#src/http/fields.ts';
import { languageOf } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { differencesBetween, type LawParameter, type ParameterState } from '#src/law/index.ts';
import {
  Article,
  MonthOrDay,
  ParameterName,
  ParameterValue,
  Source,
  sourced,
  valueView,
} from './parameter-fields.ts';

const MonthsCompare = z
  .strictObject({ from: PeriodField, to: PeriodField })
  .meta({ id: 'MonthsCompare', description: 'Two contribution months, in whatever order' });

const State = z
  .object({
    state: z.enum(['in_force', 'repealed', 'not_begun', 'not_published']).meta({
      description:
        '`not_published`: nothing is computed from it, as the value of that month is not known yet',
    }),
    value: ParameterValue.optional().meta({ description: 'Of what is in force' }),
    since: MonthOrDay.optional(),
    article: Article.optional(),
    source: Source.optional(),
  })
  .meta({ id: 'ParameterState', description: 'What holds on the first day of the month' });

const MonthsComparison = z
  .object({
    rulesetVersion: z.string().max(100),
    from: PeriodOut,
    to: PeriodOut,
    differences: z
      .array(z.object({ parameter: z.string().max(200), ...ParameterName, from: State, to: State }))
      .max(2000)
      .meta({ description: 'Parameters with another value or another article, in the order of their ids' }),
  })
  .meta({ id: 'MonthsComparison' });

export const compareMonths: UseCase = (app, deps) => {
  app.post(
    '/v1/rulesets/diff',
    {
      config: { access: { anyOf: [] }, problems: ['period_not_covered'] },
      schema: {
        operationId: 'compareMonths',
        tags: ['rules'],
        summary: 'What the ruleset in force says otherwise of one contribution month than of another',
        body: MonthsCompare,
        response: { 200: MonthsComparison },
      },
    },
    async (request, reply) => {
      const { from, to } = request.body;
      const { law } = await deps.rulesets.now();
      for (const period of [from, to])
        if (period < law.firstPeriod) throw new PeriodNotCovered(period, law.firstPeriod);
      const language = languageOf(request);
      reply.header('content-language', language).header('vary', 'accept-language');
      const differences = differencesBetween(law.parameters, from, to).map(({ parameter, ...states }) => ({
        parameter: parameter.id,
        title: parameter.title[language],
        unit: parameter.unit,
        from: stateView(parameter, states.from),
        to: stateView(parameter, states.to),
      }));
      return { rulesetVersion: law.version, from, to, differences };
    },
  );
};

function stateView(parameter: LawParameter, held: ParameterState): z.input<typeof State> {
  if (!('entry' in held)) return { state: held.state };
  const { from: since, value, basis } = held.entry;
  return {
    state: held.state,
    ...(held.state === 'in_force' && { value: valueView(parameter, value) }),
    since,
    ...sourced(basis),
  };
}
