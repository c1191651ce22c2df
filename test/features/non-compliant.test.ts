import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, flagEmployer, pay, recordEmployer } from '#test/setup/employers.ts';

const NOW = '2026-11-20T03:00:00Z';
const LIST = '/v1/non-compliant-employers';
const WAGES = { low: 3_000_000, middle: 4_000_000, high: 5_000_000 };

let service: TestApp;
const ids: Record<string, string> = {};
const bills: Record<string, number> = {};

beforeAll(async () => {
  service = await startApp(NOW);
  const add = async (name: string, more: object = {}) => {
    ids[name] = (await recordEmployer(service, { legalName: name, ...more })).id;
  };
  await add('compliant');
  await add('conditions', { jkkClass: 'III', jkkClassOrigin: 'declared' });
  await add('unregistered', { registeredOn: undefined, npp: undefined, regionCode: '34.04' });
  await add('low', { scale: 'medium', kbli: { code: '80100', edition: '2020' } });
  await add('middle', { outsourcing: { licenceNumber: 'PPJP-1' }, kbli: { code: '80200', edition: '2020' } });
  await add('high', { kbli: { code: '10710', edition: '2020' } });
  bills.low = await declareMonth(service, ids.low!, '2026-09', WAGES.low);
  for (const name of ['low', 'middle', 'high'] as const)
    bills[name] = await declareMonth(service, ids[name]!, '2026-10', WAGES[name]);
  await flagEmployer(service, ids.high!, 'procurement_block');
});
beforeEach(() => service.setNow(NOW));
afterAll(() => service.close());

async function list(query = '', token?: string) {
  const answer = await service.send({ url: `${LIST}${query}`, ...(token && { token }) });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as { items: Item[]; nextCursor: string | null };
}

type Item = { employer: { id: string; legalName: string }; status: string; arrears: { total: number } };

async function names(query = '', token?: string) {
  return (await list(query, token)).items.map(({ employer }) => employer.legalName);
}

describe('what is listed', () => {
  test('is who is not in order, with the arrears and restrictions of the verdict', async () => {
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items.map(({ employer }) => employer.legalName)).toEqual([
      'low',
      'high',
      'middle',
      'unregistered',
    ]);
    for (const { employer, ...item } of items) {
      const { reasons, ...verdict } = (
        await service.send({ url: `/v1/employers/${employer.id}/verdict` })
      ).json();
      const since = reasons.map((reason: { since: string }) => reason.since).sort()[0];
      const codes = reasons.map((reason: { code: string }) => reason.code);
      const { status, arrears, restrictions } = verdict;
      expect(item).toEqual({ status, codes, arrears, since, restrictions });
    }
    expect(items[1]).toMatchObject({
      employer: { id: ids.high, regionCode: '34.01', scale: 'small', isVendor: false },
      arrears: { months: 1, contributions: bills.high, oldestPeriod: '2026-10' },
      restrictions: [{ kind: 'procurement_block', by: 'disnaker-kulon-progo' }],
    });
    expect(items[3]!.employer).not.toHaveProperty('npp');
  });

  test.each([
    ['?status=compliant', ['compliant']],
    ['?status=not_registered,compliant&sort=name', ['compliant', 'unregistered']],
    ['?status=not_registered&status=compliant_with_conditions&sort=name', ['conditions', 'unregistered']],
    ['?region=34.04', ['unregistered']],
    ['?region=34', ['low', 'high', 'middle', 'unregistered']],
    ['?region=33', []],
    ['?code=NOT_REGISTERED', ['unregistered']],
    ['?code=NOT_REGISTERED,ARREARS&sort=name', ['high', 'low', 'middle', 'unregistered']],
    ['?minMonths=2', ['low']],
    ['?minMonths=1&sort=name', ['high', 'low', 'middle']],
    ['?scale=medium', ['low']],
    ['?kbli=80&sort=name', ['low', 'middle']],
    ['?kbli=80200', ['middle']],
    ['?vendor=true', ['middle']],
    ['?vendor=false&minMonths=1', ['low', 'high']],
    ['?flagged=true', ['high']],
    ['?flagged=false&minMonths=1', ['low', 'middle']],
    ['?sort=-months', ['low', 'high', 'middle', 'unregistered']],
    ['?sort=name', ['high', 'low', 'middle', 'unregistered']],
  ])('%s', async (query, expected) => {
    const found = await names(query);
    // Equal months stand in the order of their ids, which their making decides.
    if (query === '?sort=-months')
      expect([found[0], ...found.slice(1, 3).sort(), found[3]]).toEqual(expected);
    else expect(found).toEqual(expected);
  });

  test('minAmount counts contributions and late charges', async () => {
    const { items } = await list();
    const { total } = items.find(({ employer }) => employer.legalName === 'high')!.arrears;
    expect(total).toBeGreaterThan(bills.high!);
    expect(await names(`?minAmount=${total}`)).toEqual(['low', 'high']);
    expect(await names(`?minAmount=${total + 1}`)).toEqual(['low']);
  });

  test.each([
    ['?status=late', '/status'],
    ['?kbli=8', '/kbli'],
    ['?minMonths=-1', '/minMonths'],
    ['?sort=arrears', '/sort'],
    ['?colour=red', '/colour'],
    ['?cursor=abc', '/cursor'],
  ])('%s is refused', async (query, pointer) => {
    const answer = await service.send({ url: `${LIST}${query}` });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors[0].pointer).toContain(pointer);
  });

  test('an agency sees its regions, an employer itself', async () => {
    const sleman = await service.token({ regions: ['34.04'] });
    expect(await names('', sleman)).toEqual(['unregistered']);
    const high = await service.token({ kind: 'employer', agency: 'e', employerId: ids.high! });
    expect(await names('', high)).toEqual(['high']);
    const compliant = await service.token({ kind: 'employer', agency: 'e', employerId: ids.compliant! });
    expect(await names('', compliant)).toEqual([]);
    const blind = await service.token({ scopes: ['registry:read'] });
    expect((await service.send({ url: LIST, token: blind })).statusCode).toBe(403);
  });
});

describe('the whole list', () => {
  test('as CSV', async () => {
    const answer = await service.send({ url: `${LIST}?limit=1`, headers: { accept: 'text/csv' } });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [header, first, ...rest] = answer.body.trimEnd().split('\r\n');
    expect(header).toMatch(/^employer\.id,employer\.legalName,employer\.npp,.*,status,codes,arrears\.months/);
    expect(first).toContain(`${ids.low},low,`);
    expect(first).toContain('ARREARS');
    expect(rest).toHaveLength(3);
  });

  test('as NDJSON, item by item', async () => {
    const { items } = await list();
    const answer = await service.send({
      url: `${LIST}?limit=1`,
      headers: { accept: 'application/x-ndjson' },
    });
    expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(
      answer.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(items);
  });
});

describe('the day it is asked', () => {
  const recordings = () =>
    service.deps.database.pool.query(
      'select employer_id, last_recorded_at from summaries order by employer_id',
    );

  test('is what counts: an undeclared month shows from the day after its due day, and no earlier', async () => {
    service.setNow('2026-12-15T16:59:00Z');
    expect(await names('?code=NOT_DECLARED')).toEqual([]);
    service.setNow('2026-12-15T17:00:00Z');
    expect((await names('?code=NOT_DECLARED&sort=name')).slice(0, 3)).toEqual([
      'compliant',
      'conditions',
      'high',
    ]);
  });

  test('may lie beyond all that is stored, or before it was computed, without anything being recorded', async () => {
    const before = await recordings();
    const now = await list('?sort=name');
    service.setNow('2027-06-20T03:00:00Z');
    const later = await list('?sort=name');
    expect(later.items.map(({ employer }) => employer.legalName)).toEqual([
      'compliant',
      'conditions',
      'high',
      'low',
      'middle',
      'unregistered',
    ]);
    for (const { employer, arrears, status } of later.items) {
      const verdict = (await service.send({ url: `/v1/employers/${employer.id}/verdict` })).json();
      expect({ arrears, status }).toEqual({ arrears: verdict.arrears, status: verdict.status });
    }
    service.setNow(NOW);
    expect(await list('?sort=name')).toEqual(now);
    expect((await recordings()).rows).toEqual(before.rows);
  });

  test('late charges rise between two requests as months pass', async () => {
    const charge = async () => {
      const { items } = await list('?minMonths=1&sort=name');
      const verdict = await service.send({ url: `/v1/employers/${ids.high}/verdict` });
      expect(items[0]!.arrears).toEqual(verdict.json().arrears);
      return items[0]!.arrears.total;
    };
    const total = await charge();
    service.setNow('2026-12-16T03:00:00Z');
    expect(await charge()).toBeGreaterThan(total);
  });

  test('is under the rules of that day: what other rules gave is computed anew', async () => {
    const expected = await list();
    await service.deps.database.pool.query(
      `update summaries set ruleset_version = 'older' where employer_id = any($1::uuid[])`,
      [[ids.low, ids.high]],
    );
    await service.deps.database.pool.query('update stretches set total = 1');
    const totals = new Map(
      (await list()).items.map(({ employer, arrears }) => [employer.legalName, arrears.total]),
    );
    const right = new Map(expected.items.map(({ employer, arrears }) => [employer.legalName, arrears.total]));
    expect(totals.get('low')).toBe(right.get('low'));
    expect(totals.get('high')).toBe(right.get('high'));
    expect(totals.get('middle')).toBe(1);
    await service.deps.database.pool.query(`update summaries set ruleset_version = 'older'`);
    expect(await list()).toEqual(expected);
  });

  test('is answered alike to many who ask at once', async () => {
    service.setNow('2027-06-20T03:00:00Z');
    await service.deps.database.pool.query(`update summaries set stretched_until = '2026-01-01'`);
    const answers = await Promise.all(Array.from({ length: 8 }, () => list()));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('takes a fact that comes in between', async () => {
    await pay(service, ids.middle!, bills.middle!, '2026-11-19');
    expect(await names('?sort=name')).not.toContain('middle');
    expect(await names('?code=LATE_PAID&status=compliant_with_conditions')).toEqual(['middle']);
  });
});
