import { z } from 'zod';
import { ledgerOf } from '#src/domain/ledger.ts';
import { suppose } from '#src/domain/remedy.ts';
import { verdictOf } from '#src/domain/verdict-document.ts';
import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { AmountField, DayField, PeriodField } from '#src/http/fields.ts';
import { type Fault, languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Ledger, ledgerView } from './ledger.ts';
import { readKnown } from './read-clocks.ts';
import { Verdict } from './verdict.ts';

const Simulation = z
  .strictObject({
    payments: z
      .array(
        z.strictObject({
          amount: AmountField,
          paidOn: DayField,
          period: PeriodField.optional(),
          penalty: z.boolean().optional(),
        }),
      )
      .max(500),
    on: DayField.meta({ description: 'Day that the outcome is asked for' }),
  })
  .meta({ id: 'RemedySimulation' });

const SimulatedRemedy = z.object({ ledger: Ledger, verdict: Verdict }).meta({ id: 'SimulatedRemedy' });

export const simulateRemedy: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/:employer/remedy/simulations',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'simulateRemedy',
        tags: ['compliance'],
        summary: 'What would be, had these payments been made; nothing is stored',
        params: EmployerParams,
        body: Simulation,
        response: { 200: SimulatedRemedy },
      },
    },
    async (request) => {
      const { payments, on } = request.body;
      const errors = payments.flatMap(({ paidOn }, index): Fault[] =>
        paidOn > on
          ? [
              {
                pointer: `/payments/${index}/paidOn`,
                code: 'after_on',
                detail: { id: 'Setelah `on`.', en: 'After `on`.' },
              },
            ]
          : [],
      );
      if (errors.length > 0) throw new Problem('invalid_content', { errors });
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const known = await readKnown(deps, employerId, { asOf: on }, { whole: true, dayField: 'on' });
      const facts = suppose(known.facts, payments);
      return {
        ledger: ledgerView(ledgerOf(facts, deps.law, on), known.knownAt),
        verdict: verdictOf({ ...known, facts }, deps.law, languageOf(request)),
      };
    },
  );
};
