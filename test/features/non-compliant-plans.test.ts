import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, recordEmployer } from '#test/setup/employers.ts';
import { planOf, sendObserved } from '#test/setup/plans.ts';

const EMPLOYERS = 30_000;
let service: TestApp;
let tokens: Record<string, string>;

/** As many employers as a province has, each like one real one that owes: with stretches of months to come. */
beforeAll(async () => {
  service = await startApp();
  const { id: real } = await recordEmployer(service);
  await declareMonth(service, real, '2026-10');
  tokens = {
    nation: await service.token({
      agency: 'pusat',
      kind: 'auditor',
      regions: ['31', '32', '33', '34', '35', '36'],
    }),
    province: await service.token(),
    regency: await service.token({ agency: 'kab', regions: ['34.04'] }),
  };
  const { pool } = service.deps.database;
  const id = `('ffffffff-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const region = `(31 + n % 6) || '.' || lpad((1 + n / 6 % 5)::text, 2, '0')`;
  const series = `generate_series(1, ${EMPLOYERS}) n`;
  await pool.query(
    `insert into employers (employer_id, version, legal_name, plain_name, kind, scale, sector, region_code, created_at,
                            updated_at)
     select ${id}, 1, 'PT ' || n * 7919 % 99991, 'pt', 'private', 'small', 'general', ${region}, now(), now()
     from ${series}`,
  );
  await pool.query(
    `insert into summaries (employer_id, last_recorded_at, computed_on, ruleset_version, stretched_until, facts)
     select ${id}, m.last_recorded_at, m.computed_on, m.ruleset_version, m.stretched_until, '{}'
     from summaries m, ${series} where m.employer_id = $1`,
    [real],
  );
  await pool.query(
    `insert into stretches (employer_id, from_on, until_on, status, codes, months, contributions, late_charge, total,
                            flagged, legal_name, region_code, gravity, priority, vendor, due_since)
     select ${id}, t.from_on, t.until_on, case when hashint4(n) & 1023 < 307 then t.status else 'compliant' end, t.codes, n % 24,
            t.contributions, t.late_charge, n::bigint * 104729 % 1000003, false, 'PT ' || n * 7919 % 99991, ${region}, 1, 0,
            false, t.due_since
     from stretches t, ${series} where t.employer_id = $1`,
    [real],
  );
  await pool.query('vacuum analyze');
});
afterAll(() => service.close());

/** The answer, and how what it took was found: tables read from end to end, and rows sorted. */
async function pageOf(url: string, token: string) {
  const { answer, queries } = await sendObserved(service, { url, token });
  const query = queries.findLast(([sql]) => /from stretches s/.test(sql))!;
  const nodes = await planOf(service.deps.database.reader, query);
  return {
    page: answer.json() as { items: { employer: { id: string; regionCode: string } }[]; nextCursor: string },
    slow: nodes.map((node) => node['Node Type']).filter((type) => /Seq Scan|Sort|Bitmap/.test(type)),
  };
}

describe.each(['-arrears', '-months', 'name'])('by %s', (sort) => {
  test.each([
    ['nation', ''],
    ['province', ''],
    ['regency', ''],
    ['province', '&region=34.04'],
    ['nation', '&region=34'],
  ])(
    'a page for a %s%s begins in an index where it begins in the list, the first and a far one',
    async (who, region) => {
      const token = tokens[who]!;
      const limit =
        who === 'nation' && region === '' ? 15 : who === 'regency' || region === '&region=34.04' ? 1 : 5;
      const url = `/v1/non-compliant-employers?sort=${sort}&limit=${limit}${region}`;
      const first = await pageOf(url, token);
      expect(first.slow).toEqual([]);
      let { page } = first;
      const seen = new Set(page.items.map(({ employer }) => employer.id));
      // The cursor of the 199th page, by way of pages of the largest size.
      const before = 199 * limit;
      const large = url.replace(/limit=\d+/, 'limit=200');
      for (let skipped = limit; skipped < before; skipped += page.items.length) {
        const left = Math.min(200, before - skipped);
        const next = `${large.replace('limit=200', `limit=${left}`)}&cursor=${page.nextCursor}`;
        page = (await service.send({ url: next, token })).json();
        for (const { employer } of page.items) seen.add(employer.id);
      }
      const far = await pageOf(`${url}&cursor=${page.nextCursor}`, token);
      expect(far.slow).toEqual([]);
      for (const { employer } of far.page.items) seen.add(employer.id);
      expect(far.page.items.length).toBeGreaterThan(0);
      expect(seen.size).toBe(before + far.page.items.length);
    },
  );
});
