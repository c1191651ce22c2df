import type { FastifyReply } from 'fastify';
import { dayOf } from '#src/domain/civil.ts';
import { regularisationLetter } from '#src/domain/letters/regularisation-letter.ts';
import { readAllFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { letterheads, Page, sendPage } from '#src/http/letter-page.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findSuspension } from './stored-suspension.ts';
import { SuspensionParams } from './suspension.ts';

export const getRegularisationLetter: UseCase = (app, deps) => {
  app.get(
    '/v1/regularisations/:id/letter',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getRegularisationLetter',
        tags: ['suspensions'],
        summary: 'The letter of an invitation, in Indonesian, to print on A4',
        params: SuspensionParams,
        response: {
          200: {
            description:
              'What was missing on the day of the invitation, as it was known when it was recorded',
            content: { 'text/html': { schema: Page } },
          },
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { suspension, employerId, agency, recordedBy } = await findSuspension(
        deps.database.pool,
        actorOf(request),
        'regularisation',
        id,
      );
      if (suspension.kind !== 'regularisation') throw new Problem('not_found');
      const { invitedOn: asOf, recordedAt: knownAt } = suspension;
      const known = await readAllFacts(deps, employerId, { asOf, knownAt });
      if (!known) throw new Problem('not_found');
      const letterhead = await letterheads(deps, [agency]);
      const { regionCode } = known.facts.employer;
      const letter = regularisationLetter(
        known,
        {
          ...letterhead(agency),
          officer: recordedBy,
          reference: id,
          region: deps.regions.name(regionCode) ?? regionCode,
        },
        suspension,
      );
      const page = deps.letters.print('regularisation', letter, dayOf(new Date(knownAt)));
      return sendPage(reply as FastifyReply, page, `undangan-perbaikan-${id}`);
    },
  );
};
