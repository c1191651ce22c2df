import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Deps } from '#src/deps.ts';
import { caseFileView } from '#src/domain/case-file/case-file-view.ts';
import { compileCaseFile } from '#src/domain/case-file/compile-case-file.ts';
import { dayOf } from '#src/domain/civil.ts';
import { readAllFacts } from '#src/facts/index.ts';
import { ClockQuery } from '#src/features/verdicts/verdict.ts';
import { actorOf } from '#src/http/access.ts';
import type { Actor } from '#src/http/actor.ts';
import { refuseClocks } from '#src/http/clocks.ts';
import { Page, sendPage } from '#src/http/letter-page.ts';
import { negotiate } from '#src/http/negotiate.ts';
import { Problem } from '#src/http/problem.ts';
import type { UseCase } from '#src/http/routes.ts';
import { CaseFile } from './case-file.ts';
import { readCaseRecords } from './read-case-records.ts';
import { SanctionParams } from './sanction.ts';
import { findSanction, type StoredSanction } from './stored-sanction.ts';

const OFFERED = ['application/json', 'text/html'] as const;

export const getCaseFile: UseCase = (app, deps) => {
  app.get(
    '/v1/sanctions/:id/case-file',
    {
      config: {
        access: { anyOf: ['sanctions:write', 'compliance:read'] },
        problems: ['not_found', 'not_acceptable'],
      },
      schema: {
        operationId: 'getCaseFile',
        tags: ['sanctions'],
        summary: 'The case file for the prosecutor, as JSON or as a page to print; by two clocks',
        params: SanctionParams,
        querystring: ClockQuery,
        response: {
          200: {
            description:
              'The header `x-case-file-sha256` holds the SHA-256 of the JSON document, also where the page is sent, ' +
              'which prints it',
            content: { 'application/json': { schema: CaseFile }, 'text/html': { schema: Page } },
          },
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const actor = actorOf(request);
      const type = negotiate(request.headers.accept, OFFERED);
      refuseClocks(deps, request.query);
      const stored = await findSanction(deps.database.pool, actor, id);
      await requireCaseReader(deps, stored, actor);
      // Checks are no facts: what was known now includes those that came after the newest fact.
      const knownAt = request.query.knownAt ?? deps.clock().toISOString();
      const known = await readAllFacts(deps, stored.employerId, { ...request.query, knownAt });
      const sanction = known?.facts.sanctions.find((each) => each.id === id);
      if (!known || !sanction) throw new Problem('not_found');
      const records = await readCaseRecords(deps, stored, known.facts, sanction);
      const file = compileCaseFile(known, sanction, records) satisfies z.input<typeof CaseFile>;
      const json = JSON.stringify(file);
      const sha256 = createHash('sha256').update(json).digest('hex');
      const answer = (reply as FastifyReply).header('vary', 'accept').header('x-case-file-sha256', sha256);
      if (type === 'application/json') return answer.type('application/json; charset=utf-8').send(json);
      const view = caseFileView(file, records.nameOf, sha256);
      const page = deps.letters.print('case_file', view, dayOf(new Date(knownAt)));
      return sendPage(answer, page, `berkas-perkara-${id}`);
    },
  );
};

/** Its own agency, an auditor, an operator, and a prosecutor to whom it was referred; for all others it does not exist. */
async function requireCaseReader(
  { database }: Deps,
  { agency, sight, employerId, sanctionId }: StoredSanction,
  actor: Actor,
): Promise<void> {
  if (sight === 'whole') {
    if (actor.agency === agency || actor.kind === 'auditor' || actor.kind === 'operator') return;
    if (actor.kind === 'prosecutor') {
      const found = await database.pool.query(
        `select 1 from sanction_steps
         where employer_id = $1 and sanction_id = $2 and step = 'referred_to_prosecutor'`,
        [employerId, sanctionId],
      );
      if (found.rowCount !== 0) return;
    }
  }
  throw new Problem('not_found');
}
