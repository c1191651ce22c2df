import { calculateInformalWorker } from '#src/domain/calculation/bpu-calculation.ts';
import { calculateWageEarner } from '#src/domain/calculation/calculation.ts';
import type { Calculation } from '#src/domain/calculation/calculation-steps.ts';
import { calculateProject } from '#src/domain/calculation/construction-calculation.ts';
import type { Language } from '#src/domain/language.ts';
import type { Law } from '#src/domain/parameters.ts';
import { fellDueBeforePromulgation } from '#src/domain/rules/jkp.ts';
import { languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { type Calculable, CalculationCreate, CalculationView } from './calculation.ts';

export const calculateContributions: UseCase = (app, deps) => {
  app.post(
    '/v1/calculations',
    {
      config: { access: { anyOf: [] }, problems: ['parameter_not_published', 'period_not_covered'] },
      schema: {
        operationId: 'calculateContributions',
        tags: ['rules'],
        summary:
          'What a wage earner, an informal worker or a construction project costs in a month, step by step',
        body: CalculationCreate,
        response: { 200: CalculationView },
      },
    },
    async (request, reply) => {
      const language = languageOf(request);
      const { law } = await deps.rulesets.now();
      const answer = calculate(law, request.body, language);
      reply.header('content-language', language).header('vary', 'accept-language');
      return answer;
    },
  );
};

function calculate(law: Law, asked: Calculable, language: Language): Calculation {
  const { period } = asked;
  if (asked.segment === 'BPU') return calculateInformalWorker(law, period, asked, language);
  if (asked.segment === 'PU') {
    refuseArrearsNotYet(law, asked);
    return calculateWageEarner(law, period, asked, language);
  }
  const { contractValueExclVat, monthlyWages } = asked;
  const project =
    contractValueExclVat === undefined ? { monthlyWages: monthlyWages! } : { contractValueExclVat };
  return calculateProject(law, period, project, language);
}

/** A month that fell due later cannot have been in arrears at the promulgation. */
function refuseArrearsNotYet(law: Law, asked: Extract<Calculable, { segment: 'PU' }>): void {
  const parameters = law.at(asked.period);
  if (!asked.arrearsAtPromulgation || !parameters.jkp || fellDueBeforePromulgation(parameters)) return;
  const day = parameters.jkp.promulgatedOn.value;
  const detail = {
    id: `Bulan itu belum menunggak pada ${day}.`,
    en: `The month was not in arrears on ${day}.`,
  };
  throw new Problem('invalid_content', {
    errors: [{ pointer: '/arrearsAtPromulgation', code: 'not_in_arrears', detail }],
  });
}
