import { z } from 'zod';
import { Candidates, OUTCOMES, Subject } from '#src/features/checks/subject.ts';
import { actorOf } from '#src/http/access.ts';
import type { UseCase } from '#src/http/routes.ts';
import { resolveSubjects } from '#src/registry/index.ts';
import { Employer } from './employer.ts';
import { employerView } from './views.ts';

const ResolvedEmployer = z
  .object({
    outcome: z.enum(OUTCOMES),
    employer: Employer.optional(),
    candidates: Candidates.optional(),
  })
  .meta({ id: 'ResolvedEmployer' });

export const resolveEmployer: UseCase = (app, deps) => {
  app.post(
    '/v1/employers/resolve',
    {
      config: { access: { anyOf: ['registry:read'] } },
      schema: {
        operationId: 'resolveEmployer',
        tags: ['registry'],
        summary: 'Find out who is meant, among the employers that the caller may see',
        body: Subject,
        response: { 200: ResolvedEmployer },
      },
    },
    async (request) => {
      const subjects = [request.body];
      const known = await deps.knownEmployers.read(subjects);
      const [resolution] = await resolveSubjects(deps.database, known, subjects, actorOf(request));
      if (resolution?.outcome !== 'resolved') return resolution!;
      const { employerId, employer } = resolution.found;
      return { outcome: 'resolved' as const, employer: employerView(employerId, employer) };
    },
  );
};
