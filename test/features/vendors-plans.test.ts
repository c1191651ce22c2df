import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { recordEmployer } from '#test/setup/employers.ts';
import { declareContract, declarePlaced, terms } from '#test/setup/placements.ts';
import { planOf, readWhole, sendObserved } from '#test/setup/plans.ts';

const EMPLOYERS = 100_000;
const TODAY = '2026-11-20';
let service: TestApp;
let principalClient: string;
let nation: string;

/** As many employers as a province has, every tenth a vendor like one real one, each with two contracts. */
beforeAll(async () => {
  service = await startApp(`${TODAY}T03:00:00Z`);
  const { id: real } = await recordEmployer(service, { outsourcing: { licenceNumber: 'AD-1' } });
  const { id: principalId } = await recordEmployer(service);
  await declarePlaced(service, real, '2026-10', [{ workers: 1 }]);
  const own = await declareContract(service, real, terms({ principal: { employerId: principalId } }));
  principalClient = await service.token({
    kind: 'employer',
    agency: 'e',
    employerId: principalId,
    sub: 'hrd',
  });
  nation = await service.token({
    agency: 'pusat',
    kind: 'auditor',
    regions: ['31', '32', '33', '34', '35', '36'],
  });
  const { pool } = service.deps.database;
  const id = `('ffffffff-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const region = `(31 + n / 10 % 6) || '.' || lpad((1 + n / 60 % 30)::text, 2, '0')`;
  await pool.query(
    `insert into employers (employer_id, version, legal_name, plain_name, kind, scale, sector, region_code,
                            outsourcing_licence, created_at, updated_at)
     select ${id}, 1, 'PT ' || n, 'pt', 'private', 'small', 'general', ${region},
            case when n % 10 = 0 then 'AD-' || n end, now(), now()
     from generate_series(1, ${EMPLOYERS}) n`,
  );
  await pool.query(
    `insert into summaries (employer_id, last_recorded_at, computed_on, ruleset_version, stretched_until, facts)
     select ${id}, m.last_recorded_at, m.computed_on, m.ruleset_version, m.stretched_until,
            m.facts || jsonb_build_object('employerId', ${id}, 'declarations', '[]'::jsonb)
     from summaries m, generate_series(1, ${EMPLOYERS}) n where m.employer_id = $1`,
    [real],
  );
  await pool.query(
    `insert into stretches (employer_id, from_on, until_on, status, codes, months, contributions, late_charge, total,
                            flagged, legal_name, region_code, gravity, priority, vendor)
     select ${id}, d.from_on, d.from_on + 20, 'non_compliant', array['ARREARS'], 2, 1000, 0, n * 7 % 1000, false,
            'PT ' || n, ${region}, n * 13 % 45, 0, n % 10 = 0
     from generate_series(1, ${EMPLOYERS}) n, (values ('2026-11-10'::date), ('2026-11-30'::date)) d (from_on)`,
  );
  const contract = `('ffffffff-000' || c || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const series = `from generate_series(10, ${EMPLOYERS}, 10) n, generate_series(2, 3) c`;
  await pool.query(
    `insert into placements (employer_id, placement_id, version, principal_id, principal_name, contract_number,
                             contract_key, starts_on, workers_contracted, declared_by, agency_code, state, differing,
                             created_at, updated_at)
     select ${id}, ${contract}, 1, case when n % 1000 = 0 then $1::uuid end, 'RSUD', 'PKS-' || c, 'PKS-' || c,
            '2026-01-01', 40, 'agency', 'a' || n % 50, case when c = 2 then 'disputed' else 'declared' end, '{}',
            now(), now() ${series}`,
    [principalId],
  );
  await pool.query(
    `insert into placement_statements (employer_id, placement_id, statement_id, kind, side, agency_code, terms,
                                       recorded_at, recorded_by)
     select ${id}, ${contract}, ${contract}, 'declaration', 'agency', 'a' || n % 50, o.terms, now(), o.recorded_by
     from placement_statements o, generate_series(10, ${EMPLOYERS}, 10) n, generate_series(2, 3) c
     where o.placement_id = $1`,
    [own.id],
  );
  await pool.query('analyze');
});
afterAll(() => service.close());

/** The answer's items, and the tables that the queries for it read from end to end. */
async function scansOf(url: string, token: string) {
  const { answer, queries } = await sendObserved(service, { url, token });
  const whole: string[] = [];
  for (const query of queries) whole.push(...readWhole(await planOf(service.deps.database.reader, query)));
  return {
    items: answer.json().items as unknown[],
    cursor: answer.json().nextCursor,
    queries: queries.length,
    whole,
  };
}

describe('at 100,000 employers and 10,000 vendors no table is read from end to end for', () => {
  test.each([
    ['/v1/vendors?limit=50', 'nation'],
    ['/v1/vendors?limit=50&region=34.04', 'nation'],
    ['/v1/vendors?limit=50&status=non_compliant&code=ARREARS', 'province'],
    ['/v1/vendors?limit=50', 'principal'],
    ['/v1/placements?limit=50', 'nation'],
    ['/v1/placements?limit=50&state=disputed', 'province'],
    ['/v1/placements?limit=50', 'principal'],
  ])('%s of a %s', async (url, who) => {
    const tokens: Record<string, string> = {
      nation,
      province: await service.token(),
      principal: principalClient,
    };
    const token = tokens[who]!;
    const first = await scansOf(url, token);
    expect(first.whole).toEqual([]);
    expect(first.queries).toBeGreaterThan(0);
    expect(first.items).toHaveLength(50);
    const next = await scansOf(`${url}&cursor=${first.cursor}`, token);
    expect(next.whole).toEqual([]);
    expect(next.items.length).toBeGreaterThan(0);
    expect(JSON.stringify(next.items)).not.toBe(JSON.stringify(first.items));
  });
});
