import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { type PlanNode, planOf, readWhole, sendObserved } from '#test/setup/plans.ts';
import { enterAgency, LICENSING, recordDebtor, request } from '#test/setup/sanctions.ts';

const EMPLOYERS = 30_000;

let service: TestApp;
let licensing: string;

beforeAll(async () => {
  service = await startApp();
  await enterAgency(service, LICENSING, 'licensing_office');
  licensing = await service.token({ agency: LICENSING, kind: 'licensing_office' });
  for (let each = 0; each < 3; each += 1) await request(service, (await recordDebtor(service)).id);
  await multiply(service.deps.database.pool);
});
afterAll(() => service.close());

/** As many procedures of other employers, each with a request to one of many units; their ids come after real ones. */
async function multiply(pool: Pool): Promise<void> {
  const id = (what: string) => `('ffffffff-${what}-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const by = `'{"client":"c","agency":"a","sub":"s"}'::jsonb`;
  const series = `from generate_series(1, ${EMPLOYERS}) n`;
  await pool.query(`
    insert into employers (employer_id, version, legal_name, plain_name, kind, scale, sector, region_code, created_at,
                           updated_at)
    select ${id('0001')}, 1, 'PT ' || n, 'pt', 'private', 'small', 'general', '34.0' || 1 + n % 4, now(), now() ${series}`);
  await pool.query(`
    insert into sanctions (employer_id, sanction_id, agency_code, codes, opened_on, recorded_at, recorded_by)
    select ${id('0001')}, ${id('0002')}, 'bpjs-' || n % 20, '{ARREARS}', '2026-09-21', now(), ${by} ${series}`);
  await pool.query(`
    insert into sanction_steps (employer_id, sanction_id, step_id, step, on_day, services, decided_by, recorded_at,
                                recorded_by)
    select ${id('0001')}, ${id('0002')}, ${id('0003')}, 'tmp2t_request', '2026-11-05', '{business_licence}',
           'unit-' || n % 200, now(), ${by} ${series}`);
  await pool.query(`
    insert into sanction_terms (employer_id, sanction_id, sequence, kind, step, not_before, not_after, unit)
    select ${id('0001')}, ${id('0002')}, 0, 'step', 'tmp2t_decision', date '2026-01-01' + n % 365,
           date '2026-02-01' + n % 365, 'unit-' || n % 200 ${series}`);
  await pool.query('analyze employers, sanctions, sanction_steps, sanction_terms');
}

/** The tables that the query behind an address reads from end to end, and all that it reads. */
async function scansOf(url: string, token?: string): Promise<{ whole: string[]; read: string[] }> {
  const { answer, queries } = await sendObserved(service, { url, ...(token !== undefined && { token }) });
  expect(answer.json().items).not.toEqual([]);
  const query = queries.findLast(([sql]) => /from sanctions [sx]/.test(sql))!;
  const nodes = await planOf(service.deps.database.reader, query);
  return { whole: readWhole(nodes), read: tablesOf(nodes) };
}

function tablesOf(nodes: readonly PlanNode[]): string[] {
  return [...new Set(nodes.flatMap((node) => node['Relation Name'] ?? []))].sort();
}

test.each([
  ['all', 'limit=2', false],
  ['those with a code', 'limit=2&code=ARREARS', false],
  ['those of a unit', 'limit=50', true],
])('a page of %s is read by indexes', async (_, query, asUnit) => {
  const { whole, read } = await scansOf(`/v1/sanctions?${query}`, asUnit ? licensing : undefined);
  expect(whole).toEqual([]);
  expect(read).toEqual(['employers', 'sanction_steps', 'sanctions']);
});

test.each([
  ['of a day', 'on=2026-11-05', false],
  ['of a week', 'on=2026-11-05&until=2026-11-11', false],
  ['of a regency', 'on=2026-11-05&region=34.01', false],
  ['of a unit', 'on=2026-11-01&until=2026-11-30', true],
])('deadlines %s are read by indexes', async (_, query, asUnit) => {
  const url = `/v1/sanctions/deadlines?${query}`;
  const { whole, read } = await scansOf(url, asUnit ? licensing : undefined);
  expect(whole).toEqual([]);
  expect(read).toContain('sanction_terms');
});
