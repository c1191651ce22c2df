import { ledgerOf } from '#src/domain/ledger/ledger.ts';
import { actorOf } from '#src/http/access.ts';
import { EmployerParams } from '#src/http/employer-params.ts';
import type { UseCase } from '#src/http/routes.ts';
import { findEmployer } from '#src/registry/index.ts';
import { Ledger, ledgerView } from './ledger.ts';
import { readKnown } from './read-clocks.ts';
import { ClockQuery } from './verdict.ts';

export const getLedger: UseCase = (app, deps) => {
  app.get(
    '/v1/employers/:employer/ledger',
    {
      config: { access: { anyOf: ['compliance:read'] }, problems: ['not_found'] },
      schema: {
        operationId: 'getLedger',
        tags: ['compliance'],
        summary: 'What was due, paid and late, month by month; by two clocks',
        params: EmployerParams,
        querystring: ClockQuery,
        response: { 200: Ledger },
      },
    },
    async (request) => {
      const { employerId } = await findEmployer(
        deps.database.pool,
        actorOf(request),
        request.params.employer,
      );
      const { facts, law, asOf, knownAt } = await readKnown(deps, employerId, request.query, { whole: true });
      return ledgerView(ledgerOf(facts, law, asOf), knownAt);
    },
  );
};
