import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DISPUTE_STATES, PLAN_STATES, REGULARISATION_STATES } from '#src/domain/suspensions.ts';
import { startApp, type TestApp } from '#test/setup/app.ts';
import { declareMonth, pay, recordEmployer } from '#test/setup/employers.ts';
import { agree, post } from '#test/setup/suspensions.ts';

const REASON = { reason: 'sudah diperiksa' };
const ROUNDS = 4;

let service: TestApp;
let employerId: string;

beforeAll(async () => {
  service = await startApp();
  // One that pays in the middle of its plans, and one that never pays.
  const payer = await recordEmployer(service);
  const bill = await declareMonth(service, payer.id, '2026-10');
  employerId = (await recordEmployer(service)).id;
  await declareMonth(service, employerId, '2026-10');
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const employer of [payer.id, employerId]) {
      await agree(service, employer, [['2026-11-19', bill]]);
      await agree(service, employer, [['2026-12-15', bill]], { note: '=1+1' });
    }
    const { id } = await agree(service, employerId, [['2026-12-15', bill]]);
    await post(service, `/v1/plans/${id}/withdrawals`, REASON);
    await openDisputes();
    await invite();
  }
  await pay(service, payer.id, bill, '2026-11-19');
});
afterAll(() => service.close());

async function openDisputes(): Promise<void> {
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1)
    ids.push((await post(service, '/v1/disputes', { employer: employerId })).id);
  for (const [index, upheld] of [true, false].entries())
    await post(service, `/v1/disputes/${ids[index]}/decisions`, { ...REASON, upheld });
  await post(service, `/v1/disputes/${ids[2]}/withdrawals`, REASON);
}

async function invite(): Promise<void> {
  const deadlines = ['2026-11-19', '2026-12-01', '2026-12-01'];
  const ids: string[] = [];
  for (const deadline of deadlines) {
    const body = { employer: employerId, invitedOn: '2026-11-18', deadline };
    ids.push((await post(service, '/v1/regularisations', body)).id);
  }
  await post(service, `/v1/regularisations/${ids[2]}/withdrawals`, REASON);
}

type Item = { id: string; kind: string; state: string; employerId: string };

async function all(path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const separator = path.includes('?') ? '&' : '?';
    const page = await service.send({ url: `${path}${separator}limit=3${cursor && `&cursor=${cursor}`}` });
    expect(page.statusCode, page.body).toBe(200);
    items.push(...page.json().items);
    cursor = page.json().nextCursor;
  }
  return items;
}

const idsOf = (items: Item[]) => items.map(({ id }) => id);

describe.each([
  ['plans', PLAN_STATES, 5 * ROUNDS],
  ['disputes', DISPUTE_STATES, 4 * ROUNDS],
  ['regularisations', REGULARISATION_STATES, 3 * ROUNDS],
] as const)('the list of %s', (name, states, count) => {
  const path = `/v1/${name}`;

  test('shows each as it is shown alone, in pages that neither skip nor repeat', async () => {
    const every = await all(path);
    expect(new Set(idsOf(every)).size).toBe(count);
    expect(idsOf(every)).toEqual(idsOf(every).sort());
    for (const item of every) {
      expect((await service.send({ url: `${path}/${item.id}` })).json()).toEqual(item);
    }
  });

  test('filters by state and employer', async () => {
    const every = await all(path);
    for (const state of states) {
      const expected = every.filter((item) => item.state === state);
      expect(expected.length).toBeGreaterThanOrEqual(ROUNDS);
      expect(await all(`${path}?state=${state}`)).toEqual(expected);
      const own = expected.filter((item) => item.employerId === employerId);
      expect(await all(`${path}?state=${state}&employer=${employerId}`)).toEqual(own);
    }
  });

  test('streams as NDJSON and CSV', async () => {
    const state = states[0];
    const expected = (await all(path)).filter((item) => item.state === state);
    const send = (accept: string) =>
      service.send({ url: `${path}?state=${state}&limit=2`, headers: { accept } });
    const lines = (await send('application/x-ndjson')).body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
    const [head, ...rows] = (await send('text/csv')).body.trim().split('\r\n');
    expect(head).toMatch(/^id,employerId,kind,agency,state,\w+On,/);
    expect(rows.map((row) => row.split(',')[0])).toEqual(idsOf(expected));
  });

  test.each([
    ['state=lapsed', 'state'],
    ['limit=201', 'limit'],
    ['cursor=abc', 'cursor'],
    ['agency=all', 'agency'],
  ])('refuses a query with %s', async (query, field) => {
    const refused = await service.send({ url: `${path}?${query}` });
    expect(refused.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: expect.stringMatching(new RegExp(`/${field}$`)) }],
    });
  });
});

test("an employer's list has all kinds, and no formula in a cell", async () => {
  const path = `/v1/employers/${employerId}/suspensions`;
  const every = await all(path);
  const [plans, disputes, invitations] = await Promise.all(
    ['plans', 'disputes', 'regularisations'].map((name) => all(`/v1/${name}?employer=${employerId}`)),
  );
  const sorted = [...plans!, ...disputes!, ...invitations!].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(every).toEqual(sorted);
  const csv = await service.send({ url: path, headers: { accept: 'text/csv' } });
  expect(csv.body).toContain(",'=1+1,");
});
