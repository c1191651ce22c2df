import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { inOrder, instalmentFaults, Plan, PlanCreate } from './plan.ts';
import { recordSuspension } from './record-suspension.ts';
import { askedBy } from './suspension.ts';

export const recordPlan: UseCase = (app, deps) => {
  app.post(
    '/v1/plans',
    {
      config: {
        access: { anyOf: ['sanctions:write'] },
        problems: ['not_found', 'suspension_needs_agency', 'too_many_open'],
      },
      schema: {
        operationId: 'recordPlan',
        tags: ['suspensions'],
        summary: 'Record a payment plan that was agreed with an employer',
        body: PlanCreate,
        response: { 201: Plan },
      },
    },
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      if (asked.actor.kind === 'employer') throw new Problem('suspension_needs_agency');
      const { employer, agreedOn, instalments, ...rest } = request.body;
      const content = { ...rest, kind: 'plan' as const, instalments: inOrder(instalments) };
      const start = { field: 'agreedOn', day: agreedOn };
      const faults = instalmentFaults(request.body);
      return once(deps, request, reply, (tx) =>
        recordSuspension(deps, tx, asked, { employer, start }, () => ({ content, faults })),
      );
    },
  );
};
