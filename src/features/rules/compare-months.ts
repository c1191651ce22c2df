import { z } from 'zod';
import type { Language } from '#src/domain/language.ts';
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
  ValueText,
  valueView,
} from './parameter-fields.ts';

const MonthsCompare = z
  .strictObject({ from: PeriodField, to: PeriodField })
  .meta({ id: 'MonthsCompare', description: 'Two contribution months, in whatever order' });

const State = z
  .object({
    state: z.enum(['in_force', 'ended', 'not_begun', 'not_published']).meta({
      description:
        '`not_published`: nothing is computed from it, as no value of that month is published, or none is entered',
    }),
    value: ParameterValue.optional().meta({ description: 'Of what is in force' }),
    text: ValueText.optional(),
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
        from: stateView(parameter, states.from, language),
        to: stateView(parameter, states.to, language),
      }));
      return { rulesetVersion: law.version, from, to, differences };
    },
  );
};

function stateView(parameter: LawParameter, held: ParameterState, language: Language): z.input<typeof State> {
  if (!('entry' in held)) return { state: held.state };
  const { from: since, value, basis } = held.entry;
  return {
    state: held.state,
    ...(held.state === 'in_force' && valueView(parameter, value, language)),
    since,
    ...sourced(basis, language, parameter.title),
  };
}
