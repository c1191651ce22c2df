import type { Deps } from '#src/deps.ts';
import { issuerOf, issueToken } from '#src/http/tokens.ts';
import { SAMPLE_AGENCY } from './companies.ts';

const TOKEN_SECONDS = 12 * 3600;

/** Lines with one command that answers with a real verdict; an empty registry gets the command that lists it. */
export async function firstCommand(deps: Deps, address: string): Promise<string[]> {
  const token = await issueToken(
    { keys: deps.keys, issuer: issuerOf(deps.config), clock: deps.clock },
    {
      agency: SAMPLE_AGENCY.code,
      kind: SAMPLE_AGENCY.kind,
      regions: SAMPLE_AGENCY.regions,
      scopes: ['registry:read', 'compliance:read', 'checks:create'],
      sub: 'pengunjung',
      clientId: `cli:${SAMPLE_AGENCY.code}`,
      ttlSeconds: TOKEN_SECONDS,
    },
  );
  const found = await deps.database.pool.query<{ npp: string }>(
    `select e.npp from employers e join stretches s using (employer_id)
     where e.npp is not null order by s.months desc, e.employer_id limit 1`,
  );
  const employer = found.rows[0];
  const path = employer ? `/v1/employers/npp:${employer.npp}/verdict` : '/v1/employers';
  return [`Try it: curl -s -H 'Authorization: Bearer ${token}' ${address}${path}`];
}
