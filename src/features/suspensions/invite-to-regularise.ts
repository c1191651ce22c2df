import { addDays, addMonths } from '#src/domain/civil.ts';
import { once } from '#src/http/idempotency.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { MONTHS_AHEAD, outside } from './outside.ts';
import { recordSuspension } from './record-suspension.ts';
import { Regularisation, RegularisationCreate } from './regularisation.ts';
import { askedBy } from './suspension.ts';

export const inviteToRegularise: UseCase = (app, deps) => {
  app.post(
    '/v1/regularisations',
    {
      config: {
        access: { anyOf: ['sanctions:write'] },
        problems: ['not_found', 'suspension_needs_agency', 'too_many_open'],
      },
      schema: {
        operationId: 'inviteToRegularise',
        tags: ['suspensions'],
        summary: 'Invite an employer to mend its breaches by a deadline, and say exactly what is missing',
        body: RegularisationCreate,
        response: { 201: Regularisation },
      },
    },
    async (request, reply) => {
      const asked = await askedBy(request, deps);
      if (asked.actor.kind === 'employer') throw new Problem('suspension_needs_agency');
      const { employer, invitedOn, deadline, note } = request.body;
      const start = { field: 'invitedOn', day: invitedOn };
      return once(deps, request, reply, (tx) =>
        recordSuspension(deps, tx, asked, { employer, start }, (startsOn) => {
          const endsOn = deadline ?? addDays(startsOn, deps.law.regularisationTerm(startsOn).value);
          const last = addMonths(startsOn, MONTHS_AHEAD);
          return {
            content: { kind: 'regularisation', endsOn, note },
            faults: outside('/deadline', endsOn, [startsOn, 'before_start'], [last, 'too_far_ahead']),
          };
        }),
      );
    },
  );
};
