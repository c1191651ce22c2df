import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { dayOf } from '#src/domain/civil.ts';
import { fineLetter, liftLetter, warningLetter } from '#src/domain/letters/sanction-letters.ts';
import { type KnownFacts, readAllFacts } from '#src/facts/index.ts';
import { actorOf } from '#src/http/access.ts';
import { IdField } from '#src/http/fields.ts';
import { letterheads, Page, sendPage } from '#src/http/letter-page.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findLetterStep, LETTER_STEPS, type LetterStep } from './letter-steps.ts';
import { SanctionParams } from './sanction.ts';
import { sanctionIn } from './sanction-view.ts';
import { findSanction, type StoredSanction } from './stored-sanction.ts';

const LetterParams = SanctionParams.extend({ step: z.enum(LETTER_STEPS) });

export const getSanctionLetter: UseCase = (app, deps) => {
  app.get(
    '/v1/sanctions/:id/letters/:step',
    {
      config: { access: { anyOf: ['compliance:read', 'sanctions:write'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getSanctionLetter',
        tags: ['sanctions'],
        summary:
          'The letter of a step, in Indonesian, to print on A4; a lift has that of its request, then its own',
        params: LetterParams,
        querystring: z.strictObject({
          stepId: IdField.optional().meta({
            description: 'Which step, where there are several; the newest if absent',
          }),
        }),
        response: {
          200: {
            description:
              'Every number as it was on the day of the step, by what was known when it was recorded',
            content: { 'text/html': { schema: Page } },
          },
        },
      },
    },
    async (request, reply) => {
      const { id, step } = request.params;
      const actor = actorOf(request);
      const stored = await findSanction(deps.database.pool, actor, id);
      const found = await findLetterStep(deps.database.pool, stored, actor, {
        step,
        stepId: request.query.stepId,
      });
      const known = await readAllFacts(deps, stored.employerId, {
        asOf: found.on,
        knownAt: found.recordedAt,
      });
      if (!known) throw new Problem('not_found');
      const page = await printLetter(deps, known, stored, found);
      return sendPage(reply as FastifyReply, page, `${found.step.replaceAll('_', '-')}-${id}`);
    },
  );
};

async function printLetter(
  deps: Deps,
  known: KnownFacts,
  { sanctionId, stepsBy }: StoredSanction,
  { id, step, recordedAt }: LetterStep,
): Promise<string> {
  const sanction = sanctionIn(known.facts, sanctionId);
  const taken = sanction.steps.find((each) => each.id === id)!;
  const units = sanction.steps.flatMap(({ decidedBy }) => decidedBy ?? []);
  const letterhead = await letterheads(deps, [taken.agency, ...units]);
  const { regionCode } = known.facts.employer;
  const sender = {
    ...letterhead(taken.agency),
    officer: stepsBy[id]!.by,
    reference: `${sanctionId}/${step}`,
    region: deps.regions.name(regionCode) ?? regionCode,
  };
  const recordedOn = dayOf(new Date(recordedAt));
  const { print } = deps.letters;
  switch (step) {
    case 'first_warning':
    case 'second_warning':
      return print(step, warningLetter(known, sender, sanction, step), recordedOn);
    case 'administrative_fine':
      return print(step, fineLetter(known, sender, sanction, taken), recordedOn);
    case 'tmp2t_lift_request':
    case 'tmp2t_lifted':
      return print(
        step,
        liftLetter(known, sender, sanction, taken, (unit) => letterhead(unit).agency),
        recordedOn,
      );
  }
}
