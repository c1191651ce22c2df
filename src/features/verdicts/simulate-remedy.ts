import { z } from 'zod';
import { type Day, periodOf } from '#src/domain/civil.ts';
import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import { type Supposition, suppose } from '#src/domain/verdict/supposition.ts';
import { verdictOf } from '#src/domain/verdict/verdict-document.ts';
import { readSeenWorkers } from '#src/facts/index.ts';
import { cutShort, DeclarationCreate, linesOf, unsoundIn } from '#src/features/declarations/declaration.ts';
import { inOrder, instalmentFaults, PlanTerms } from '#src/features/suspensions/plan.ts';
import { actorOf } from '#src/http/access.ts';
import type { Actor } from '#src/http/actor.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import { AmountField, allDiffer, DayField, PeriodField, rule } from '#src/http/fields.ts';
import { type Fault, languageOf, Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Ledger, ledgerView } from './ledger.ts';
import { readKnown } from './read-clocks.ts';
import { Verdict } from './verdict.ts';

/** Corrected rosters of some tens of thousands of workers. */
const BODY_LIMIT = 8 * 1_048_576;
const MOST_WORKERS = 50_000;

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
      .max(500)
      .default([]),
    plans: z.array(PlanTerms).max(20).default([]),
    declarations: z
      .array(DeclarationCreate)
      .max(36)
      .refine(
        (list) => allDiffer(list.map(({ period }) => period)),
        rule('duplicate', 'Bulan berulang.', 'A month twice.'),
      )
      .default([])
      .meta({ description: 'Corrected rosters, each in place of the one that was declared for its month' }),
    on: DayField.meta({ description: 'Day that the outcome is asked for' }),
  })
  .meta({ id: 'RemedySimulation' });

const SimulatedRemedy = z.object({ ledger: Ledger, verdict: Verdict }).meta({ id: 'SimulatedRemedy' });

export const simulateRemedy: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/:employer/remedy/simulations',
    {
      bodyLimit: BODY_LIMIT,
      preValidation: async ({ body }) => refuseMasses(body),
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found', 'parameter_not_published'] },
      schema: {
        operationId: 'simulateRemedy',
        tags: ['compliance'],
        summary:
          'What would be, had these payments, plans and corrected rosters been made; nothing is stored',
        description:
          'Evidence that saw workers by name is held against corrected rosters for agencies with workers:read only; ' +
          'for others it stays as it is.',
        params: EmployerParams,
        body: Simulation,
        response: { 200: SimulatedRemedy },
      },
    },
    async (request) => {
      const { on } = request.body;
      const errors = faultsIn(request.body, deps.law.firstPeriod);
      if (errors.length > 0) throw new Problem('invalid_content', { errors });
      const actor = actorOf(request);
      const { employerId } = await findEmployer(deps.database.pool, actor, request.params.employer);
      const known = await readKnown(deps, employerId, { asOf: on }, { whole: true, dayField: 'on' });
      const seen =
        request.body.declarations.length > 0 && mayTryNames(actor)
          ? await readSeenWorkers(
              deps.keyRing,
              deps.database.reader,
              employerId,
              known.facts.evidence.map(({ id }) => id),
            )
          : new Map();
      const facts = suppose(known.facts, known.law, { ...supposedBy(request.body), seen });
      return {
        ledger: ledgerView(ledgerOf(facts, known.law, on), known.knownAt),
        verdict: verdictOf({ ...known, facts }, known.law, languageOf(request)),
      };
    },
  );
};

/** By supposing rosters with and without a worker one finds out whom evidence saw, such as who complained. */
function mayTryNames({ kind, scopes }: Actor): boolean {
  return kind !== 'employer' && (scopes.has('workers:read') || scopes.has('workers:identify'));
}

/** Throws 422 for more workers than a declaration may have, all rosters together; cuts short what is none. */
function refuseMasses(body: unknown): void {
  const declarations = (body as { declarations?: unknown } | null | undefined)?.declarations;
  if (!Array.isArray(declarations)) return;
  const workers = declarations.reduce<number>((sum, each) => sum + (each?.workers?.length || 0), 0);
  if (workers > MOST_WORKERS) {
    const detail = {
      id: `Paling banyak ${MOST_WORKERS} pekerja seluruhnya.`,
      en: `At most ${MOST_WORKERS} workers in all.`,
    };
    throw new Problem('invalid_content', {
      errors: [{ pointer: '/declarations', code: 'too_big', detail }],
    });
  }
  for (const declared of declarations) cutShort(declared);
}

type Simulated = z.output<typeof Simulation>;

function supposedBy({ payments, plans, declarations }: Simulated): Supposition {
  return {
    payments,
    plans: plans.map((plan) => ({ ...plan, instalments: inOrder(plan.instalments) })),
    rosters: declarations.map((declared) => ({ period: declared.period, lines: linesOf(declared) })),
  };
}

/** What cannot be by the day that is asked about. */
function faultsIn({ payments, plans, declarations, on }: Simulated, firstPeriod: string): Fault[] {
  const notAfter = (pointer: string, value: Day, last: Day): Fault[] =>
    value > last ? [{ pointer, code: 'after_on', detail: { id: 'Setelah `on`.', en: 'After `on`.' } }] : [];
  return [
    ...payments.flatMap(({ paidOn }, index) => notAfter(`/payments/${index}/paidOn`, paidOn, on)),
    ...plans.flatMap((plan, index) => [
      ...notAfter(`/plans/${index}/agreedOn`, plan.agreedOn, on),
      ...plan.periods.flatMap((period, at) =>
        notAfter(`/plans/${index}/periods/${at}`, period, periodOf(on)),
      ),
      ...instalmentFaults(plan, `/plans/${index}`),
    ]),
    ...declarations.flatMap((declared, index) =>
      unsoundIn(declared, on, firstPeriod, `/declarations/${index}`),
    ),
  ];
}
